import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { programTexts } from "../../src/compile.ts";
import { isVectorisable } from "../../src/emit/vectorisable.ts";
import { layoutOf } from "../../src/emit/wasm/layout.ts";
import { repeatedLoops } from "../../src/emit/wasm/repeated.ts";
import type { Index, Loop, Scalar } from "../../src/loops/loops.ts";
import { dimension, fixed } from "../../src/loops/size.ts";
import { cases, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { addUp, at, load, over, store } from "../schedule/written-loops.ts";

test("loops that are one function for several give the same bits as those printed one by one", () => {
  fc.assert(
    fc.property(cases({ smooth: false }), fc.constantFrom("f32", "f64"), (given, precision) => {
      const { params, batch } = ready(given);
      const [one, many] = [["repeated-loops"], []].map((without) => {
        const model = compiledProgram(given.source, { precision, target: "wasm", without, optimiser: "adam" });
        const values = model.forward(params, batch);
        if (!model.model.hasLoss) return [values];
        const training = model.trainer(params);
        const steps = [1, 2].map(() => training.step(batch, { rate: 0.1, clip: 1 }));
        return [values, model.gradient(params, batch), steps, training.params(), training.state()];
      });
      assert.deepEqual(many, one);
    }),
    runs(20),
  );
});

test("a parameter more, of any number of components, adds calls to a module and no loops", () => {
  const bytesOf = (count: number, without: ReadonlyArray<string>): number => {
    const names = Array.from({ length: count }, (_, i) => `p${i}`);
    const { circuits } = compiledProgram(
      `model M {
${names.map((name, i) => `  param ${name} : R[${3 + 5 * i}]`).join("\n")}
  minimize ${names.map((name) => `sumsq(${name})`).join(" + ")}
}
`,
      { optimiser: "adam" },
    );
    const train = circuits.train!;
    const { support } = programTexts({ train }, { precision: "f32", target: "wasm", without: new Set(without) });
    return Buffer.from(support.match(/wasmModule\("([^"]*)"/)![1]!, "base64").length;
  };
  const growth = (without: ReadonlyArray<string>): number => bytesOf(9, without) - bytesOf(8, without);
  assert.ok(growth([]) < 250, `${growth([])}`);
  assert.ok(growth(["repeated-loops"]) > 700, `${growth(["repeated-loops"])}`);
});

const zero = fixed(0);
const row = (variable: string, stride = 1): Index => at([variable, fixed(stride)]);
const number = (value: number): Scalar => ({ tag: "number", value });
const call = (...operands: ReadonlyArray<Scalar>): Scalar => ({ tag: "call", fn: "add", operands });

/** How many of the loops of a program, each a block, share a function with another. */
const repeatedOf = (...loops: ReadonlyArray<Loop>): number => {
  const blocks = loops.map((loop) => ({ title: "", body: [loop] }));
  const program = { lengths: ["T"], buffers: [], homes: [], leaves: [], results: [], blocks };
  return repeatedLoops([{ program, layout: layoutOf(2, 9, 0, [], 99, "f32") }], isVectorisable).size;
};
const sum = (buffer: number, total: string): Loop => addUp(total, load(buffer, row("i")));

test("loops are one function if they differ in names, buffers, turns, or numbers known before", () => {
  const one = over("i", fixed(8), store(0, row("i"), call(load(1, row("i")), { tag: "local", name: "v" })));
  const other = over("j", dimension(1), store(4, row("j"), call(load(3, row("j")), { tag: "local", name: "w" })));
  assert.equal(repeatedOf(one, other), 2);
  assert.equal(repeatedOf(over("i", fixed(8), sum(0, "a")), over("i", fixed(9), sum(1, "b"))), 2);
});

test("they are not if they differ in anything else, be it the sign of a zero, or in which places are the same", () => {
  const copies = (buffer: number, value: Scalar, size = 8) => over("i", fixed(size), store(buffer, row("i"), value));
  const values = [0, -0, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map(number);
  assert.equal(repeatedOf(...values.map((value) => copies(0, value))), 0);
  assert.equal(repeatedOf(copies(0, load(1, row("i"))), copies(0, load(0, row("i")))), 0);
  assert.equal(repeatedOf(copies(0, load(1, row("i"))), copies(0, load(1, row("i", 2)))), 0);
  const [v, w] = ["v", "w"].map((name): Scalar => ({ tag: "local", name }));
  assert.equal(repeatedOf(copies(0, call(v!, w!)), copies(0, call(v!, v!))), 0);
  const sizes = [dimension(0), dimension(1)].map((size): Scalar => ({ tag: "size", size }));
  assert.equal(repeatedOf(...sizes.map((size) => copies(0, size))), 0);
});

test("what holds a product, speaks of the lengths of examples, or of a position read before, or sums up two things, is printed where it stands", () => {
  const none = { extent: fixed(1), left: zero, right: zero, result: zero };
  const view = (buffer: number) => ({ buffer, index: { terms: [], constant: [] } });
  const product: Loop = {
    ...{ tag: "product", left: view(0), right: view(1), result: view(2), m: none, n: none, k: none },
    ...{ accumulate: false, inOrder: false, fromEnd: false },
  };
  const bodies: ReadonlyArray<ReadonlyArray<Loop>> = [
    [product],
    [store(0, row("i"), { tag: "length", table: 0, index: row("i") })],
    [store(0, row("i"), load(1, row("symbol")))],
    [sum(0, "a"), sum(1, "b")],
  ];
  for (const body of bodies) {
    const loop = over("i", fixed(8), ...body);
    assert.equal(repeatedOf({ ...loop }, { ...loop }), 0);
  }
});
