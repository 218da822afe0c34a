import { execFileSync } from "node:child_process";
import { compiler, handWritten } from "./hand-written.js";
import { serve } from "./serve.js";

const [units, padded, gates] = [24, 32, [..."ifco"]];

/** The weights as the struct has them. */
const struct = (params) => {
  const pad = (values) => [...values, ...Array(padded - units).fill(0)];
  const column = (path, k) => Array.from({ length: units }, (_, j) => params[path][j * units + k]);
  return Float32Array.from([
    ...Array.from({ length: units }, (_, k) => gates.flatMap((gate) => pad(column(`h.U${gate}`, k)))).flat(),
    ...gates.flatMap((gate) => pad(params[`h.W${gate}`])),
    ...gates.flatMap((gate) => pad(params[`h.b${gate}`])),
    ...pad(params.V),
    params.c[0],
    ...Array(2 * padded).fill(0),
  ]);
};

const prepare = ({ name, params, examples }) => {
  if (name !== "W7") return { cannot: "W7 alone" };
  const process = handWritten("lstm-stream.c").func("void lstm_process(float *state, float *x, float *y, int n)");
  const x = Float32Array.from(examples[0].x);
  const [state, y] = [struct(params), new Float32Array(x.length)];
  const run = () => process(state, x, y, x.length);
  run();
  return { outcome: Array.from(y), variants: { "by hand": run } };
};

await serve(execFileSync(compiler, ["--version"], { encoding: "utf8" }).split("\n")[0], prepare);
