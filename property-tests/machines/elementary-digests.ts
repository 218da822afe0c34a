import { createHash } from "node:crypto";
import { arity, elementaryNames } from "../../src/circuit/circuit.ts";
import { elementaryText } from "../../src/emit/javascript/elementary.ts";
import { elementaryFunction } from "../../src/emit/wasm/elementary.ts";
import { scalarOperations } from "../../src/emit/wasm/scalar-operations.ts";
import { vectorOperations } from "../../src/emit/wasm/vector-operations.ts";
import { applied } from "../wasm/applied.ts";
import { drawn } from "../wasm/elementary-arguments.ts";

/** Every elementary function of many arguments, by every back end. */
export const elementaryDigests = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    elementaryNames.flatMap((name) =>
      (["f32", "f64"] as const).flatMap((precision) => {
        const text = elementaryText([name], precision === "f32" ? "f32 in f64" : "f64");
        const inText = new Function(`${text}\nreturn ${name};`)() as (x: number, y: number) => number;
        const [alone, together] = [scalarOperations, vectorOperations].map((operations) =>
          applied(elementaryFunction(name, operations[precision]), operations[precision]),
        );
        const hashes = [createHash("sha256"), createHash("sha256"), createHash("sha256")];
        for (const seed of [1, 2]) {
          const [xs, ys] = drawn[name](precision, seed);
          const [script, one, vector] = [xs.slice(), xs.slice(), xs.slice()];
          script.forEach((x, i) => {
            script[i] = inText(x, ys[i]!);
          });
          alone!(one, ys);
          together!(vector, ys);
          [script, one, vector].forEach((found, i) => {
            // Which NaN it is no engine need say.
            hashes[i]!.update(found.map((x) => (Number.isNaN(x) ? Number.NaN : x)));
          });
        }
        return ["JavaScript", "WebAssembly", "vectors of WebAssembly"].map((where, i) => [
          `${name} of ${arity[name] === 1 ? "a number" : "two"} in ${where}, ${precision}`,
          hashes[i]!.digest("hex"),
        ]);
      }),
    ),
  );
