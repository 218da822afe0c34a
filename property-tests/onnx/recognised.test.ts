import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { recurrencesIn } from "../../src/export/onnx/export-model.ts";
import type { OnnxNode } from "../../src/onnx/messages.ts";
import { often, someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { exportedOf, mustGiveTheSame } from "./agreement.ts";
import { product, sum, text, type Written, waysOf } from "./rewritten.ts";
import { skip } from "./runtime.ts";
import { paramsOf, subjects } from "./subjects.ts";

/** What recurrences of standard cells become, where they do not all become loops. */
const known: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  RNNConcat: { RNN: 1 },
  LSTM: { LSTM: 1 },
  LSTMConcat: { LSTM: 1 },
  PeepholeLSTM: { LSTM: 1 },
  ChronoLSTM: { LSTM: 1 },
  GRU: { GRU: 1 },
  GRUWithoutBias: { GRU: 1 },
  GRUResetAfter: { GRU: 1 },
  ChronoGRU: { GRU: 1 },
  MGU: { GRU: 1 },
  LayerNorm: { RNN: 1 },
  Stack: { GRU: 3 },
  StackWithInput: { RNN: 3 },
  Bi: { GRU: 1 },
  BiSum: { RNN: 1 },
  BiMean: { RNN: 1 },
  BiMax: { RNN: 1 },
  BiStack: { RNN: 2 },
  Hierarchy: { GRU: 1, Scan: 1 },
  Attend: { RNN: 2 },
  DotScore: { RNN: 2 },
  AdditiveScore: { RNN: 1 },
  MultiplicativeScore: { RNN: 1 },
  Encode: { GRU: 1 },
  Decode: { RNN: 2 },
};

const told = (found: Readonly<Record<string, number>> | undefined): string =>
  found === undefined
    ? "no operations of their own"
    : Object.entries(found)
        .map(([type, count]) => `${count} ${type}`)
        .join(", ");

for (const { name, compiled } of someOf(
  subjects.filter((subject) => !subject.name.endsWith(".rnn")),
  0,
  8,
))
  test(`the recurrences of ${name} become ${told(known[name])}`, () => {
    const model = compiled("f32");
    const found = recurrencesIn(exportedOf(model, paramsOf(model)).graph);
    if (known[name] !== undefined) assert.deepEqual(found, known[name]);
    else
      assert.deepEqual(
        Object.keys(found).filter((type) => type !== "Scan"),
        [],
      );
  });

const compiled = (source: string): Compiled => compiledProgram(source, { precision: "f32", target: "js" });

const nodeOf = (model: Compiled): OnnxNode => {
  const { nodes } = exportedOf(model, paramsOf(model)).graph;
  const found = nodes.filter(({ type }) => ["LSTM", "GRU", "RNN", "Scan"].includes(type));
  assert.equal(found.length, 1);
  return found[0]!;
};

const attributesOf = ({ type, attributes }: OnnxNode) => ({
  type,
  ...Object.fromEntries(
    ["direction", "activations", "linear_before_reset"].flatMap((name) =>
      attributes[name] === undefined ? [] : [[name, attributes[name].value]],
    ),
  ),
});

/** Cells as their equations, whose sums and products may be written in any way, with a mistake that makes each another one. */
interface Cell {
  readonly type: "RNN" | "LSTM" | "GRU";
  readonly after?: number;
  readonly declarations: string;
  readonly equations: Readonly<Record<string, Written>>;
  readonly squash: (name: string, inside: string) => string;
  readonly mistakes: ReadonlyArray<Readonly<Record<string, Written>>>;
}

const gate = (letter: string, ...more: ReadonlyArray<Written | string>): Written =>
  sum(`W${letter} x[t]`, `U${letter} h[t-1]`, `b${letter}`, ...more);

const parameters = (letters: string): string =>
  [...letters].map((letter) => `param W${letter}, U${letter}\n  param b${letter} : R[n] = 0`).join("\n  ");

const sigmoids: Cell["squash"] = (name, inside) =>
  name === "g" ? `tanh(${inside})` : /^[zriof]$/.test(name) ? `sigmoid(${inside})` : inside;

const cells: Readonly<Record<string, Cell>> = {
  "a simple network": {
    type: "RNN",
    declarations: parameters("a"),
    equations: { h: gate("a") },
    squash: (_, inside) => `tanh(${inside})`,
    mistakes: [{ h: sum(gate("a"), "tanh(h[t-1])") }, { h: sum(gate("a"), "h[t-2]") }],
  },
  "an LSTM": {
    type: "LSTM",
    declarations: parameters("ifog"),
    equations: {
      i: gate("i"),
      f: gate("f"),
      o: gate("o"),
      g: gate("g"),
      c: sum(product("f[t]", "c[t-1]"), product("i[t]", "g[t]")),
      h: product("o[t]", "tanh(c[t])"),
    },
    squash: sigmoids,
    mistakes: [
      { c: sum(product("f[t]", "c[t-1]"), product(text("-i[t]"), "g[t]")) },
      { h: product(text("-o[t]"), "tanh(c[t])") },
      { h: product("o[t]", "tanh(c[t-1])") },
      { f: gate("f", "tanh(h[t-1])") },
    ],
  },
  "an LSTM with peepholes": {
    type: "LSTM",
    declarations: `${parameters("ifog")}\n  param pi, pf, po : R[n] ~ normal(0, 0.5)`,
    equations: {
      i: gate("i", product("pi", "c[t-1]")),
      f: gate("f", product("pf", "c[t-1]")),
      o: gate("o", product("po", "c[t]")),
      g: gate("g"),
      c: sum(product("f[t]", "c[t-1]"), product("i[t]", "g[t]")),
      h: product("o[t]", "tanh(c[t])"),
    },
    squash: sigmoids,
    mistakes: [{ o: gate("o", product("po", "c[t-1]")) }, { g: gate("g", product("pi", "c[t-1]")) }],
  },
  "an LSTM of coupled gates": {
    type: "LSTM",
    declarations: parameters("fog"),
    equations: {
      f: gate("f"),
      o: gate("o"),
      g: gate("g"),
      c: sum(product("f[t]", "c[t-1]"), product(sum("1", "-f[t]"), "g[t]")),
      h: product("o[t]", "tanh(c[t])"),
    },
    squash: sigmoids,
    mistakes: [{ c: sum(product("f[t]", "c[t-1]"), product(sum("1", "f[t]"), "g[t]")) }],
  },
  "a GRU that resets before the matrix": {
    type: "GRU",
    after: 0,
    declarations: parameters("zrg"),
    equations: {
      z: gate("z"),
      r: gate("r"),
      g: sum("Wg x[t]", "Ug (r[t] * h[t-1])", "bg"),
      h: sum(product("z[t]", "h[t-1]"), product(sum("1", "-z[t]"), "g[t]")),
    },
    squash: sigmoids,
    mistakes: [
      { h: sum(product("z[t]", "h[t-1]"), product(sum("1", "z[t]"), "g[t]")) },
      { h: sum(product(text("-z[t]"), "h[t-1]"), product(sum("1", "-z[t]"), "g[t]")) },
      { g: sum("Wg x[t]", "Ug (r[t] * r[t] * h[t-1])", "bg") },
    ],
  },
  "a GRU whose update gate lets the new state in": {
    type: "GRU",
    after: 0,
    declarations: parameters("zrg"),
    equations: {
      z: gate("z"),
      r: gate("r"),
      g: sum("Wg x[t]", "Ug (h[t-1] * r[t])", "bg"),
      h: sum("h[t-1]", product("z[t]", sum("g[t]", "-h[t-1]"))),
    },
    squash: sigmoids,
    mistakes: [{ h: sum("h[t-1]", product("z[t]", sum("g[t]", "h[t-1]"))) }],
  },
  "a GRU that resets after the matrix": {
    type: "GRU",
    after: 1,
    declarations: `${parameters("zrg")}\n  param dg : R[n] ~ normal(0, 0.5)`,
    equations: {
      z: gate("z"),
      r: gate("r"),
      g: sum("Wg x[t]", "bg", product("r[t]", sum("Ug h[t-1]", "dg"))),
      h: sum(product("z[t]", "h[t-1]"), product(sum("1", "-z[t]"), "g[t]")),
    },
    squash: sigmoids,
    mistakes: [{ g: sum("Wg x[t]", "bg", product("r[t]", sum("Ug h[t-1]", "x2[t]"))) }],
  },
};

const sourceOf = ({ declarations }: Cell, equations: Readonly<Record<string, string>>): string =>
  `model M {
  axis t in 1..T
  input x[t] : R[2]
  input x2[t] : R[n]
  ${declarations}
  h[_] = 0
  ${equations.c === undefined ? "" : "c[_] = 0"}
  ${Object.entries(equations)
    .map(([name, right]) => `${name}[t] : R[n] = ${right}`)
    .join("\n  ")}
  output h
}`.replaceAll("R[n]", "R[3]");

/** Names that no one would take for these. */
const renamed = (source: string, names: ReadonlyMap<string, string>): string =>
  source.replaceAll(/\b(?:[WUbdp]?[zriofgca]|h|x)\b(?!\()/g, (name) => names.get(name) ?? name);

const writtenOf = (
  cell: Cell,
  equations: Readonly<Record<string, Written>>,
): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .tuple(
      ...Object.entries(equations).map(([name, written]) =>
        waysOf(written).map((inside) => [name, cell.squash(name, inside)]),
      ),
    )
    .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
    .map((entries) => Object.fromEntries(entries));

const exampleOf = (model: Compiled) =>
  [1, 2].map((seed) => randomExample(model.model, xoroshiro128plus(seed), { least: 0, greatest: 4 }));

for (const [words, cell] of Object.entries(cells)) {
  const expected = {
    type: cell.type,
    direction: "forward",
    activations: { RNN: ["Tanh"], GRU: ["Sigmoid", "Tanh"], LSTM: ["Sigmoid", "Tanh", "Tanh"] }[cell.type],
    ...(cell.after === undefined ? {} : { linear_before_reset: cell.after }),
  };
  test(`${words} is known by its equations, in whatever order and under whatever names`, { skip }, () =>
    fc.assert(
      fc.asyncProperty(writtenOf(cell, cell.equations), fc.boolean(), async (equations, isRenamed) => {
        const letters = ["h", "x", "c", ..."zriofga"].flatMap((name) => [name, `W${name}`, `U${name}`, `b${name}`]);
        const names = new Map(isRenamed ? letters.map((name, i) => [name, `q${(i * 7) % letters.length}`]) : []);
        const model = compiled(renamed(sourceOf(cell, equations), names));
        assert.deepEqual(attributesOf(nodeOf(model)), expected);
        await mustGiveTheSame(model, paramsOf(model), exampleOf(model), 1e-6);
      }),
      { numRuns: often(20, 8) },
    ),
  );
  test(`with a mistake it is no longer ${words}, and means what it says`, { skip }, async () => {
    for (const mistake of cell.mistakes) {
      const [equations] = fc.sample(writtenOf(cell, { ...cell.equations, ...mistake }), { numRuns: 1, seed: 1 });
      const model = compiled(sourceOf(cell, equations!));
      assert.equal(nodeOf(model).type, "Scan", JSON.stringify(equations));
      await mustGiveTheSame(model, paramsOf(model), exampleOf(model), 1e-6);
    }
  });
}
