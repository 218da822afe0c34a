import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withoutNothing } from "../../src/circuit/optimisation.ts";
import type { Index, Loop } from "../../src/loops/loops.ts";
import { accessesIn } from "../../src/loops/memory/lifetime.ts";
import { denseLoops } from "../../src/loops/passes/dense-loops.ts";
import type { LoopPass } from "../../src/loops/passes/pass.ts";
import { separateLoops } from "../../src/loops/passes/separate-loops.ts";
import { dimension, fixed, times } from "../../src/loops/size.ts";
import { choicesFor } from "../../src/module/programs.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { programs } from "../programs/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { anyJavascript, sameBits } from "./bits.ts";
import { dataFor, type SymbolsOf, settings } from "./data.ts";
import { addUp, at, load, over, store } from "./written-loops.ts";

test("loops taken apart, and loops in loops taken as one, give every value the same bits", () => {
  fc.assert(
    fc.property(
      programs({ smooth: false }),
      settings,
      anyJavascript(),
      fc.constantFrom(["separate-loops"], ["dense-loops"], ["separate-loops", "dense-loops"]),
      ({ source }, { batch, greatest, seed }, engine, without) => {
        const { circuits: made, model } = compiledProgram(source);
        const symbolsOf: SymbolsOf = (input) =>
          [...model.inputs, ...model.targets].find(({ name }) => name === input)?.symbols;
        const { program } = dataFor(made.gradient!, batch, 2 * greatest, seed, symbolsOf);
        const [plain, changed] = [new Set(without), new Set<string>()].map((off) =>
          schedule(made.gradient!, choicesFor({ ...engine, without: off })),
        );
        sameBits(made.gradient!, engine, program, plain!, changed!);
      },
    ),
    runs(60),
  );
});

test("the parameters of a model are updated in one loop each, those of one shape too, matrices as if they were vectors", () => {
  const { circuits: made } = compiledProgram(
    "model M {\n  param A, B, C : R[5,7]\n  param b, c : R[5]\n  param d\n  minimize sumsq(A) + sumsq(B) + sumsq(C) + sumsq(b) + sumsq(c) + d * d\n}\n",
    { optimiser: "momentum" },
  );
  const { blocks, leaves } = schedule(made.train!);
  const nameOf = new Map(leaves.map(({ buffer, name }) => [buffer, name]));
  const updates = blocks
    .flatMap(({ body }) => body)
    .flatMap((loop) => {
      const accesses = accessesIn(loop);
      const updated = accesses.filter(({ buffer, writes }) => writes && "ABCbcd".includes(nameOf.get(buffer) ?? "-"));
      return updated.length === 0 || loop.tag !== "for"
        ? []
        : [{ loop, names: updated.map(({ buffer }) => nameOf.get(buffer)) }];
    });
  assert.deepEqual(updates.map(({ names }) => names.join()).sort(), ["A", "B", "C", "b", "c"]);
  for (const { loop } of updates) assert.ok(loop.body.every(({ tag }) => tag !== "for"));
});

const copy = (to: number, from: number, index: Index, source: Index = index): Loop =>
  store(to, index, load(from, source));
const bodyAfter = ({ run }: LoopPass, ...body: ReadonlyArray<Loop>) =>
  run({ lengths: [], buffers: [], homes: [], leaves: [], results: [], blocks: [{ title: "", body }] }, withoutNothing)
    .blocks[0]!.body;

const [three, four, one, batch] = [fixed(3), fixed(4), fixed(1), dimension(0)];
const dense = at(["i", four], ["j", one]);

test("a loop in a loop is one where the rows of all buffers follow each other, whatever their number", () => {
  for (const rows of [three, batch])
    assert.deepEqual(bodyAfter(denseLoops, over("i", rows, over("j", four, copy(0, 1, dense)))), [
      over("j", times(rows, four), copy(0, 1, at(["j", one]))),
    ]);
});

test("it stays where rows are apart, turned, read again, counted down, or summed in a number of parts that varies", () => {
  const sum = addUp("s", load(0, dense));
  const kept: ReadonlyArray<Loop> = [
    over("i", three, over("j", four, copy(0, 1, dense, at(["i", fixed(5)], ["j", one])))),
    over("i", three, over("j", four, copy(0, 1, dense, at(["i", one], ["j", three])))),
    over("i", three, over("j", four, copy(0, 1, dense, at(["j", one])))),
    over("i", three, over("j", four, copy(0, 1, dense, at(["i", one])))),
    over("i", three, { ...over("j", four, copy(0, 1, dense)), descending: true } as Loop),
    over("i", three, over("j", four, copy(0, 1, dense)), over("j", four, copy(1, 0, dense))),
    over("i", batch, over("j", four, sum)),
  ];
  for (const loop of kept) assert.deepEqual(bodyAfter(denseLoops, loop), [loop]);
});

test("statements are apart unless they share a name, an element that is read, or a buffer that is written", () => {
  const [row, still] = [at(["j", one]), at()];
  const apart = [copy(0, 1, row), copy(2, 3, row)];
  assert.deepEqual(
    bodyAfter(separateLoops, over("j", four, ...apart)),
    apart.map((each) => over("j", four, each)),
  );
  const scaled = (to: number, from: number): Loop =>
    store(to, row, { tag: "call", fn: "mul", operands: [load(from, row), load(9, still)] });
  assert.equal(bodyAfter(separateLoops, over("j", four, scaled(0, 1), scaled(2, 3))).length, 2);
  const together: ReadonlyArray<ReadonlyArray<Loop>> = [
    [copy(0, 1, row), copy(2, 1, row)],
    [copy(0, 1, row), copy(2, 0, row)],
    [copy(0, 1, still), copy(2, 0, still)],
    [{ tag: "let", name: "v", value: load(1, row) }, store(0, row, { tag: "local", name: "v" })],
    [addUp("total", load(1, row)), addUp("total", load(2, row))],
  ];
  for (const body of together)
    assert.deepEqual(bodyAfter(separateLoops, over("j", four, ...body)), [over("j", four, ...body)]);
  // A third that shares with both holds two together.
  assert.equal(bodyAfter(separateLoops, over("j", four, ...apart, copy(4, 1, row), copy(4, 3, row))).length, 1);
  const scan = over("t", batch, ...apart);
  assert.deepEqual(bodyAfter(separateLoops, scan), [scan]);
});
