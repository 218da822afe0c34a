import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import type { Model } from "../../src/circuit/model.ts";
import { print } from "../../src/circuit/print.ts";
import { elaborate } from "../../src/elaborate/elaborate.ts";
import { noOtherFiles, withStandardLibrary } from "../../src/std/load.ts";
import { parse } from "../../src/syntax/parse.ts";
import type { Span } from "../../src/syntax/span.ts";
import type { Program } from "../../src/syntax/tree.ts";
import { often } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { deletions } from "./deletions.ts";

/** What is written beside a program that is right; most of it has no effect. */
const extras: ReadonlyArray<string> = [
  "",
  "axis idle in 1..3",
  "let idle = tanh",
  "param idle : R[2]",
  "input idle : R[2]",
  "idle = 1",
  "x[-9] = 1",
  "idle[_] = 0\n  idle[t] : R[2] = idle[t-1] + x[t]\n  output idle",
  "idle[-3] = 0\n  idle[0] = 0\n  idle[t] : R[2] = idle[t-1] + x[t]\n  output idle",
  "output x",
  "output x[T]",
  "output x[1], x",
  "idle[t] = GRU(2)(x[t]) with h[0] = 1\n  output idle",
  "idle[t] = GRU(2)(x[t]) with h[0] = 1, z[0] = 1\n  output idle",
  "idle[t] = backward LSTM(2)(x[t]) with h[T+1] = 1, c[T+1] = 1\n  output idle",
  "idle[t] = backward LSTM(2)(x[t]) with h[T+1] = 1, h[0] = 1\n  output idle",
  "idle[t] = backward tanh(x[t])\n  output idle",
  "idle : symbol[3] ~ categorical(softmax([1; 2; 3]))",
];

const rightOf = (program: Program): Model | undefined => {
  const model = elaborate({ statics: {}, load: withStandardLibrary(noOtherFiles) })(program);
  return E.isRight(model) ? model.right : undefined;
};

/** All that a model is, but for the places in its text. */
const meaningOf = ({ axes, parameters, inputs, randoms, required, circuit }: Model): string =>
  JSON.stringify([axes, parameters, inputs, randoms, required, print(circuit)]);

const isInside = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

test("what is left out of a program that compiles was told to have no effect, or leaves another model or none", () => {
  let tried = 0;
  fc.assert(
    fc.property(programs({ smooth: false }), fc.constantFrom(...extras), ({ source }, extra) => {
      const used = ["GRU", "LSTM"].filter((name) => extra.includes(name) && !source.includes(name));
      const head = used.length === 0 ? "" : `import ${used.join(", ")} from "std"\n`;
      const needs = extra.includes("[t]") || extra.includes("x");
      const declared = [
        ...(needs && !source.includes("axis t in") ? ["axis t in 1..T"] : []),
        ...(needs && !source.includes("input x[t]") ? ["input x[t] : R[2]"] : []),
      ];
      const text = `${head}${source.replace("model M {", `model M {\n${declared.join("\n")}`).replace(/\}\s*$/, `  ${extra}\n}`)}`;
      const program = E.getOrElse((): Program => assert.fail(`does not parse:\n${text}`))(parse(text, "m.rnn"));
      const model = rightOf(program);
      fc.pre(model !== undefined);
      const meaning = meaningOf(model!);
      const told = model!.warnings.map(({ labels }) => labels[0].span);
      for (const { piece, without } of deletions(program)) {
        const rest = rightOf(without);
        if (rest === undefined || meaningOf(rest) !== meaning) continue;
        // What is written of a variable that nothing needs goes with it.
        const owner = /^[\p{L}\d_']+/u.exec(text.slice(piece.start, piece.end))?.[0];
        assert.ok(
          told.some((span) => isInside(span, piece) || isInside(piece, span)) ||
            model!.warnings.some(({ message }) => message.includes(`\`${owner}\``)),
          `nothing is told of \`${text.slice(piece.start, piece.end)}\` in\n${text}`,
        );
      }
      tried += 1;
    }),
    { numRuns: often(80), includeErrorInReport: true, maxSkipsPerRun: 1000 },
  );
  assert.ok(tried > 0);
});
