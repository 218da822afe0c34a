import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./serve.js";

/** C written by hand, compiled on this machine. */
const koffi = createRequire(import.meta.url)("koffi");
const [units, padded, gates] = [24, 32, [..."ifco"]];
const compiler = process.env.CC || "cc";

const library = () => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-c-"));
  const [source, made] = [fileURLToPath(new URL("lstm-stream.c", import.meta.url)), join(folder, "lstm.so")];
  execFileSync(compiler, ["-O3", "-march=native", "-std=gnu11", "-ffp-contract=fast", "-fno-math-errno", "-shared", "-fPIC", "-o", made, source]);
  const loaded = koffi.load(made);
  rmSync(folder, { recursive: true });
  return loaded;
};

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
  const process = library().func("void lstm_process(float *state, float *x, float *y, int n)");
  const x = Float32Array.from(examples[0].x);
  const [state, y] = [struct(params), new Float32Array(x.length)];
  const run = () => process(state, x, y, x.length);
  run();
  return { outcome: Array.from(y), variants: { "by hand": run } };
};

await serve(execFileSync(compiler, ["--version"], { encoding: "utf8" }).split("\n")[0], prepare);
