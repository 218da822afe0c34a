import assert from "node:assert/strict";
import { test } from "node:test";
import { modelProgram } from "../../src/views/program-text.ts";
import { compiledOf } from "./differences.ts";
import { diagnosticsOf, modelOf, placeOf } from "./programs.ts";

/** Whatever is written has an effect, or is told. */
const model = (statements: string, head = 'import RNN, LSTM from "std"\n'): string =>
  `${head}model M {\n  axis t in 1..T\n  input x[t] : R[2]\n${statements}\n}`;

const outputsOf = (source: string) =>
  modelOf(source)
    .circuit.outputs.filter(({ role }) => role === "output")
    .map(({ name, axes }) => [name, axes.flatMap(({ tag, key }) => (tag === "time" ? [key] : []))]);

const outputs: Readonly<Record<string, readonly [statements: string, outputs: ReadonlyArray<unknown>]>> = {
  "`output h` is the whole variable": ["h[t] = tanh(x[t])\noutput h", [["h", ["t"]]]],
  "`output h[T]` is that value": ["h[t] = tanh(x[t])\noutput h[T]", [["h", []]]],
  "`output h[s]` is over the axis that it names": ["axis s in 1..T\nh[t] = tanh(x[t])\noutput h[s]", [["h", ["s"]]]],
  "`output h[t-1]` is the value before": ["h[0] = 0\nh[t] = tanh(x[t])\noutput h[t-1]", [["h", ["t"]]]],
  "inputs are outputs too": ["output x", [["x", ["t"]]]],
  "all members of a family are outputs": [
    "z[0,t] = x[t]\nfor l in 1..2 { z[l,t] = tanh(z[l-1,t]) }\noutput z",
    [
      ["z.0", ["t"]],
      ["z.1", ["t"]],
      ["z.2", ["t"]],
    ],
  ],
};
for (const [law, [statements, expected]] of Object.entries(outputs))
  test(law, () => assert.deepEqual(outputsOf(model(statements, "")), expected));

test("outputs of whole variables, of readings and of inputs are printed as such", () => {
  for (const [statements, expected] of Object.values(outputs)) {
    const { text } = modelProgram(modelOf(model(statements, "")));
    assert.deepEqual(
      new Set(outputsOf(text).map((output) => output[1]!.toString())),
      new Set(expected.map((output) => (output as readonly unknown[])[1]!.toString())),
      text,
    );
  }
});

test("an output at a position has the value there", () => {
  const source = model("h[t] = tanh(x[t])\nh[0] = 0\noutput h[T]\noutput y = h[T]", "");
  const { pack, forward } = compiledOf(source);
  const { h, y } = forward(
    {},
    pack([
      { x: [[1, 2]] },
      {
        x: [
          [3, 4],
          [5, 6],
        ],
      },
    ]),
  ) as Record<string, { data: unknown }>;
  assert.deepEqual(h!.data, y!.data);
});

const backward = (boundaries: string): string =>
  model(
    `input s, v : R[2]\nh[t] = backward LSTM(2)(x[t]) with ${boundaries}\noutput y = h[1]`,
    'import LSTM from "std"\n',
  );

test("a boundary of a backward cell is the same at 0 and at T+1, for every state", () => {
  const example = {
    x: [
      [1, 2],
      [3, 4],
    ],
    s: [0.3, 0.2],
    v: [0.4, 0.7],
  };
  const of = (boundaries: string) => {
    const { init, pack, forward } = compiledOf(backward(boundaries));
    return forward(init(1), pack([example])).y!.data;
  };
  const expected = of("h[0] = s, c[0] = v");
  assert.deepEqual(of("h[T+1] = s, c[T+1] = v"), expected);
  assert.notDeepEqual(of("h[0] = s, c[0] = s"), expected);
});

test("the cell's own word for a state goes before the name on the left", () => {
  const of = (left: string) => {
    const source = `import LSTM from "std"\nmodel M {\n  axis t in 1..T\n  input x[t] : R[2]\n  input v : R[2]\n  ${left}\n}`;
    const { init, pack, forward } = compiledOf(source);
    const named = Object.fromEntries(
      Object.entries(init(1)).map(([path, values]) => [path, values.map((_, i) => Math.sin(i + path.charCodeAt(3)))]),
    );
    return forward(named, pack([{ x: [[1, 2]], v: [0.4, 0.7] }])).y!.data;
  };
  const right = of("(h[t], c[t]) = LSTM(2)(x[t]) with c[0] = v\noutput y = h[T]");
  assert.deepEqual(of("(c[t], h[t]) = LSTM(2)(x[t]) with c[0] = v\noutput y = c[T]"), right);
});

test("a static parameter is given in order or by name", () => {
  const start = (statics: string): number => {
    const source = model(`output h[t] = LSTM(${statics})(x[t])`, 'import LSTM from "std"\n');
    return compiledOf(source).init(1)["h.bf"]![0]!;
  };
  assert.deepEqual(["3", "3, 1", "3, forget = 1", "forget = 1, n = 3"].map(start), [0, 1, 1, 1]);
});

test("a result that is not wanted is `_`", () => {
  const source = model("(_, c[t]) = LSTM(2)(x[t])\noutput c", 'import LSTM from "std"\n');
  assert.deepEqual(outputsOf(source), [["c", ["t"]]]);
  assert.deepEqual(modelOf(source).warnings, []);
});

/** What would have no effect, where it stands, and what it is told. */
const vain: ReadonlyArray<readonly [law: string, source: string, code: string, at: string]> = [
  ["two outputs have different names", model("h[t] = tanh(x[t])\noutput h[T]\noutput h", ""), "RNN102", "h"],
  ["an output exists", model("output nope", ""), "RNN101", "nope"],
  ["an axis is no output", model("output T", ""), "RNN116", "T"],
  ["a boundary is given once", model("output h[t] = RNN(2)(x[t]) with h[0] = 1, h[0] = 2"), "RNN102", "h[0]"],
  [
    "a boundary is given once, from whichever end",
    model("output h[t] = backward RNN(2)(x[t]) with h[0] = 1, h[T+1] = 2"),
    "RNN102",
    "h[T+1]",
  ],
  [
    "a cell that runs forwards reads nothing after its end",
    model("output h[t] = RNN(2)(x[t]) with h[T+1] = 1"),
    "RNN128",
    "h[T+1]",
  ],
  ["a cell reads the boundary that is given", model("output h[t] = RNN(2)(x[t]) with h[-5] = 1"), "RNN128", "h[-5]"],
  [
    "a parameter is over axes of static size",
    model("param m[t] : R[2]\noutput y[t] = m[t] + x[t]", ""),
    "RNN148",
    "m[t]",
  ],
  [
    "an axis stands outside of `for`",
    model("for l in 1..2 { axis q in 1..3 }\noutput x", ""),
    "RNN190",
    "axis q in 1..3",
  ],
  [
    "an end is drawn",
    `model M {\n  axis t in 1..T until h[t] == 1\n  input x[t] : R\n  output h[t] = x[t]\n}`,
    "RNN190",
    "h[t] == 1",
  ],
  ["a boundary has no type", model("h[0] : R[2] = 0\noutput h[t] = tanh(h[t-1])", ""), "RNN190", "R[2]"],
  [
    "a boundary is no output",
    model("output h[0] = 0\nh[t] = tanh(h[t-1] + x[t])\noutput y = h[T]", ""),
    "RNN190",
    "h[0]",
  ],
  [
    "a boundary stands alone",
    model("[h[0]; g] = x[1]\noutput h[t] = tanh(h[t-1] + x[t])\noutput g", ""),
    "RNN190",
    "h[0]",
  ],
  ["`~` stands for all positions", model("y[0] ~ normal(0, 1)\ny[t] ~ normal(0, 1)", ""), "RNN190", "y[0]"],
  ["an axis is summed over once", model("output y = sum[t,t](x[t])", ""), "RNN190", "sum[t,t](x[t])"],
  [
    "what runs along no axis runs not backward",
    `cell f(a) = a * a\n${model("output y[t] = backward f(x[t])", "")}`,
    "RNN117",
    "f(x[t])",
  ],
  ["arguments have different names", `cell f(a, a) = a\n${model("output y[t] = f(x[t], 1)", "")}`, "RNN102", "a"],
  ["a static parameter is given once", model("output h[t] = LSTM(2, n = 3)(x[t])"), "RNN102", "n"],
  ["a static parameter exists", model("output h[t] = LSTM(2, door = tanh)(x[t])"), "RNN107", "door"],
  ["a number is no function", model("output h[t] = LSTM(2, tanh)(x[t])"), "RNN115", "tanh"],
  ["an argument has no name", model("output h[t] = LSTM(2)(x = x[t])"), "RNN129", "x = x[t]"],
];
for (const [law, source, code, at] of vain)
  test(`${law}: else it is an error`, () => {
    const [first] = diagnosticsOf(source).filter((found) => found.code === code);
    assert.ok(
      first !== undefined,
      diagnosticsOf(source)
        .map((found) => `${found.code} ${found.message}`)
        .join("\n"),
    );
    assert.equal(placeOf(source, first), at);
  });

const unused: ReadonlyArray<readonly [what: string, source: string, at: string]> = [
  ["import", model("output x", 'import RNN from "std"\n'), "RNN"],
  ["instance", model("let e = RNN(2)\noutput x", 'import RNN from "std"\n'), "e"],
  ["axis", model("axis u in 1..3\noutput x", ""), "u"],
  ["static parameter", model("output x", "").replace("model M", "model M(n = 3)"), "n"],
  ["boundary", model("h[-3] = 1\nh[0] = 0\noutput h[t] = tanh(h[t-1] + x[t])", ""), "h[-3]"],
];
for (const [what, source, at] of unused)
  test(`an unused ${what} is a warning`, () => {
    assert.deepEqual(
      modelOf(source).warnings.map((warning) => [warning.code, placeOf(source, warning)]),
      [["RNN150", at]],
    );
  });
