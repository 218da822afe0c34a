import { readFileSync } from "node:fs";
import { type Target, targets } from "../src/emit/targets.ts";
import "../src/native/index.ts";
import { iterations } from "./iterations.ts";
import { nativePeak, peak } from "./peak.ts";
import { serve } from "./peers/serve.js";
import { compiledProgram } from "./task.ts";

/** rnnc as one of the peers: `tsx bench/rnnc.ts wasm`, or another target. */
const target = (Object.keys(targets) as ReadonlyArray<Target>).find((name) => name === process.argv[2]) ?? "wasm";
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

await serve(`rnnc ${version}`, ({ program, params: given, examples }) => {
  const compiled = compiledProgram(program, target);
  const params = Object.fromEntries(Object.entries(given).map(([path, values]) => [path, Float32Array.from(values)]));
  const { outcome, run, besides = {} } = iterations[program.iteration](compiled, params, examples);
  const limit = target === "wasm" ? peak("f32") : target === "native" ? nativePeak() : undefined;
  return { outcome, variants: { [target]: run, ...besides, ...(limit === undefined ? {} : { limit: limit.run }) } };
});
