import { isLeft } from "fp-ts/lib/Either.js";
import { compile } from "../../src/compile.ts";
import { long, wrong } from "./programs.ts";

/**
 * `one.ts NAME SIZE TARGET`: compiles one of the programs, and takes a gradient if it is right. Prints JSON: seconds from
 * source to module, those of the first gradient, and the codes of what was said.
 */
const [name, size, target] = process.argv.slice(2);
const { source } = [...long, ...wrong].find((one) => one.name === name)!;
const text = source(Number(size));
const seconds = (since: number): number => (performance.now() - since) / 1000;

// A process that has compiled before, as an editor or a page would have.
compile("model M {\n  param w : R[2]\n  minimize sumsq(w)\n}\n", { target: target === "js" ? "js" : "wasm" });
const start = performance.now();
const result = compile(text, { target: target === "js" ? "js" : "wasm" });
const compiling = seconds(start);
if (isLeft(result)) {
  const codes = result.left.map(({ code }) => code);
  const further = result.left.reduce((sum, diagnostic) => sum + (diagnostic.further ?? 0), 0);
  console.log(JSON.stringify({ compiling, codes, further }));
} else {
  const { model, init, pack, gradient } = result.right;
  const x =
    model.inputs[0]!.indices.length === 0
      ? [0.5, -0.5]
      : [
          [0.5, -0.5],
          [0.1, 0.2],
          [1, -1],
        ];
  const before = performance.now();
  const { loss } = gradient(init(1), pack([{ x }]));
  console.log(JSON.stringify({ compiling, running: seconds(before), loss, characters: text.length }));
}
