import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { elaborate } from "../../src/elaborate/elaborate.ts";
import { noOtherFiles, withStandardLibrary } from "../../src/std/load.ts";
import { parse } from "../../src/syntax/parse.ts";
import { often } from "../often.ts";
import { body, diagnosticsOf } from "./programs.ts";

const names = ["x", "h", "W", "w", "v", "a", "n", "t", "T", "f", "E", "__proto__"];
const indices = ["", "[t]", "[t-1]", "[t+1]", "[0]", "[T]", "[T+1]", "[_]", "[j]", "[w[t]]"];
const atom = fc
  .tuple(fc.constantFrom(...names, "2"), fc.constantFrom(...indices))
  .map(([name, index]) => (name === "2" ? name : name + index));
const expression = fc.letrec<{ readonly term: string }>((tie) => ({
  term: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atom,
    fc
      .tuple(tie("term"), fc.constantFrom(" + ", " * ", " / ", " @ ", " < "), tie("term"))
      .map((parts) => `(${parts.join("")})`),
    fc
      .tuple(
        fc.constantFrom("tanh", "softmax", "sum[t]", "mean", "dot", "onehot", "GRU(n)", "f", "backward RNN(n)"),
        tie("term"),
      )
      .map(([f, x]) => `${f}(${x})`),
    fc.tuple(tie("term"), tie("term")).map(([x, y]) => `[${x}; ${y}]`),
    tie("term").map((x) => `(${x})^T`),
    fc.tuple(tie("term"), tie("term"), tie("term")).map(([c, x, y]) => `(if ${c} then ${x} else ${y})`),
  ),
})).term;
const statement = fc.oneof(
  fc.tuple(atom, expression).map(([target, value]) => `${target} = ${value}`),
  fc.tuple(atom, expression).map(([target, value]) => `output ${target} = ${value}`),
  fc.tuple(atom, expression, expression).map(([target, p, q]) => `${target} ~ normal(${p}, ${q})`),
  fc.tuple(atom, expression).map(([target, p]) => `${target} ~ categorical(${p})`),
  fc.tuple(atom, atom, expression).map(([target, bound, value]) => `${target} = GRU(n)(x[t]) with ${bound} = ${value}`),
  expression.map((value) => `minimize ${value}`),
  fc.constantFrom(
    "input x[t] : R[4]",
    "input w[t] : symbol[5]",
    "param W",
    "param v, E",
    "axis j in 1..T",
    "let f = RNN(n)",
  ),
);

test("no program makes elaboration throw, and what it gives keeps the circuit's invariants", () => {
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 8 }), (statements) => {
      const program = parse(`import GRU, RNN from "std"\n${body(statements.join("\n"))}`, "test.rnn");
      if (E.isLeft(program)) return;
      const model = elaborate({ statics: {}, load: withStandardLibrary(noOtherFiles) })(program.right);
      if (E.isRight(model)) assert.deepEqual(brokenInvariants(model.right.circuit), []);
      else for (const { labels } of model.left) assert.ok(labels[0].span.start <= labels[0].span.end);
    }),
    { numRuns: often(400) },
  );
});

test("cells that double at every level are stopped", () => {
  const cells = Array.from(
    { length: 40 },
    (_, i) => `cell C${i}(x) = ${i === 0 ? "x" : `C${i - 1}(x) + C${i - 1}(x)`}`,
  );
  const found = diagnosticsOf(`${cells.join("\n")}\n${body("input x[t] : R\noutput a[t] = C39(x[t])")}`);
  assert.deepEqual(
    found.map(({ code }) => code),
    ["RNN110"],
  );
});

test("a shift has a limit", () => {
  const [first] = diagnosticsOf(body("input x[t] : R\nx[_] = 0\noutput a[t] = x[t-100000000]"));
  assert.equal(first!.code, "RNN110");
});
