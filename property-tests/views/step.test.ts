import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stepsOf } from "../../src/views/step/build-step.ts";
import { stepsSvg } from "../../src/views/step/draw.ts";
import { layoutOf } from "../../src/views/step/layout.ts";
import type { Box } from "../../src/views/step/place.ts";
import type { Point, Routed, Way } from "../../src/views/step/route.ts";
import { isPort, type Step } from "../../src/views/step/step.ts";
import { applications, sizesOf, modelOf as standardModel } from "../std/cells.ts";
import { exampleModel, exampleNames, modelOf } from "./models.ts";
import { mustBeXml } from "./xml.ts";

const standard = new Map(
  Object.keys(applications).map((cell) => [cell, stepsOf(modelOf(standardModel(cell), sizesOf(cell, { n: 3, k: 2 })))]),
);
const ofExamples = exampleNames.flatMap((name) => stepsOf(exampleModel(name)));
const all = [...[...standard.values()].flat(), ...ofExamples];

const layouts = new Map(all.map((step) => [step, layoutOf(step)] as const));

const signsOf = ({ nodes, belts }: Step): ReadonlyArray<string> =>
  belts.map(({ before, operations }) =>
    [nodes[before]!.sign, ...operations.map((place) => nodes[place]!.sign)].join(" "),
  );

test("what is only scaled and added to runs straight through a step: memories do, what passes a layer or a function does not", () => {
  const belts: Readonly<Record<string, ReadonlyArray<string>>> = {
    RNN: [],
    LSTM: ["c[t-1] × +"],
    LSTM1997: ["c[t-1] +"],
    LSTMConcat: ["c[t-1] × +"],
    PeepholeLSTM: ["c[t-1] × +"],
    ProjectedLSTM: ["c[t-1] × +"],
    LayerNormLSTM: ["c[t-1] × +"],
    GRU: ["h[t-1] × +"],
    GRUResetAfter: ["h[t-1] × +"],
    MGU: ["h[t-1] × +"],
    MinGRU: ["h[t-1] × +"],
    SLSTM: ["c[t-1] × +", "q[t-1] × +"],
    MLSTM: ["C[t-1] × +", "q[t-1] × +"],
    DeltaNet: ["S[t-1] +"],
    RWKV: ["a[t-1] × +", "b[t-1] × +"],
  };
  for (const [cell, expected] of Object.entries(belts))
    assert.deepEqual(standard.get(cell)!.flatMap(signsOf), expected, cell);
});

test("the LSTM of the slides: four gates by their names below the line of the cell state, tanh of it on the way out", () => {
  const [step] = standard.get("LSTM")!;
  const { boxes } = layouts.get(step!)!;
  const layers = step!.nodes.flatMap(({ kind, sign, name }, place) =>
    kind === "layer" ? [{ sign, name, ...boxes[place]! }] : [],
  );
  const inOrder = [...layers].sort((a, b) => a.x - b.x);
  assert.deepEqual(
    inOrder.map(({ sign, name }) => `${sign} ${name}`),
    ["σ keep", "σ i", "tanh g", "σ o"],
  );
  assert.equal(new Set(layers.map(({ y }) => y)).size, 1);
  const belt = boxes[step!.belts[0]!.before]!;
  for (const [place, { kind }] of step!.nodes.entries())
    if (kind !== "result") assert.ok(boxes[place]!.y >= belt.y, String(place));
});

test("every equation of a step is drawn once, under its name", () => {
  for (const { nodes, equations, cells } of all) {
    const drawn = nodes.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const told = equations.map((equation) => /^[^[ ]*/.exec(equation)![0]);
    assert.deepEqual([...drawn].sort(), [...told].sort(), cells.join());
  }
});

test("nothing of a step overlaps: boxes are apart, lines touch none but where they end, and lines of different values only cross", () => {
  for (const [step, layout] of layouts) sound(step, layout);
});

test("on a belt lie its operations in their order and nothing else, at one height from the left edge to the right one", () => {
  for (const [step, layout] of layouts) {
    for (const { before, operations, after } of step.belts) {
      const places = [before, ...operations, after];
      const { y } = layout.boxes[before]!;
      const onLine = layout.boxes.flatMap((box, place) => (box.y === y ? [{ place, x: box.x }] : []));
      assert.deepEqual(
        onLine.sort((a, b) => a.x - b.x).map(({ place }) => place),
        places,
      );
      assert.deepEqual([layout.boxes[before]!.x, layout.boxes[after]!.x], [0, layout.width]);
    }
  }
});

test("cells that compute the same are drawn once", () => {
  const model = modelOf(
    'import Stack, GRU from "std"\nmodel M { axis t in 1..T\n input x[t] : R[3]\n h[t] = Stack(GRU, 3, 3)(x[t])\n output h }',
  );
  const steps = stepsOf(model);
  assert.equal(steps.length, 1);
  assert.equal(steps[0]!.cells.length, 3);
});

test("a step is drawn as XML that is well-formed, with every sign in it", () => {
  for (const steps of standard.values()) {
    if (steps.length === 0) continue;
    const svg = stepsSvg("a < b", steps);
    mustBeXml(svg.slice(svg.indexOf("<svg")));
    for (const { nodes } of steps)
      for (const { sign } of nodes) assert.ok(svg.includes(`>${sign.replaceAll("<", "&lt;")}</text>`), sign);
  }
});

/** A cell's new state as an expression of the last one, the input and layers of both. */
type Term =
  | { readonly tag: "state" }
  | { readonly tag: "input" }
  | { readonly tag: "layer"; readonly fn: "tanh" | "sigmoid"; readonly of: Term }
  | { readonly tag: "both"; readonly sign: "+" | "-" | "*"; readonly left: Term; readonly right: Term }
  | { readonly tag: "rest"; readonly of: Term };

const terms: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Term>({ tag: "state" }),
    fc.constant<Term>({ tag: "input" }),
    fc.record({
      tag: fc.constant("layer" as const),
      fn: fc.constantFrom("tanh" as const, "sigmoid" as const),
      of: tie("term"),
    }),
    fc.record({
      tag: fc.constant("both" as const),
      sign: fc.constantFrom("+" as const, "-" as const, "*" as const),
      left: tie("term"),
      right: tie("term"),
    }),
    fc.record({ tag: fc.constant("rest" as const), of: tie("term") }),
  ),
})).term;

const printedTerm = (term: Term): string => {
  switch (term.tag) {
    case "state":
      return "s[t-1]";
    case "input":
      return "x[t]";
    case "layer":
      return `${term.fn}(W (${printedTerm(term.of)}) + b)`;
    case "both":
      return `(${printedTerm(term.left)} ${term.sign} ${printedTerm(term.right)})`;
    case "rest":
      return `(1 - ${printedTerm(term.of)})`;
  }
};

/** Whether the last state comes through by operations alone. */
const comesThrough = (term: Term): boolean => {
  switch (term.tag) {
    case "state":
      return true;
    case "both":
      return comesThrough(term.left) || comesThrough(term.right);
    case "rest":
      return comesThrough(term.of);
    default:
      return false;
  }
};

test("of a cell of one's own, whatever it computes: its state has a belt where operations alone lead from the last to the next, and nothing overlaps", () => {
  fc.assert(
    fc.property(terms, terms, (kept, added) => {
      const next: Term = { tag: "both", sign: "+", left: { tag: "layer", fn: "tanh", of: added }, right: kept };
      const model = modelOf(
        `model M { axis t in 1..T\n input x[t] : R[2]\n param W : R[2,2]\n param b = 0\n s[0] = 0\n s[t] : R[2] = ${printedTerm(next)}\n output s }`,
      );
      const steps = stepsOf(model);
      if (steps.length === 0) return;
      assert.equal(steps.length, 1);
      assert.equal(steps[0]!.belts.length, comesThrough(next) ? 1 : 0, steps[0]!.equations.join("\n"));
      sound(steps[0]!, layoutOf(steps[0]!));
    }),
    { numRuns: 40 },
  );
});

function sound(step: Step, layout: Routed): void {
  const told = step.cells.join();
  const inner = layout.boxes.filter((_, place) => !isPort(step.nodes[place]!));
  inner.forEach((a, i) => {
    for (const b of inner.slice(i + 1)) assert.ok(areApart(a, b), told);
  });
  assert.equal(layout.faults, 0, told);
  for (const way of layout.ways) endsAtBoxes(step, layout, way);
  const drawn = layout.ways.flatMap(({ from, to, isJoining }) => (isJoining ? [] : [`${from} ${to}`]));
  const joined = (from: number): number =>
    layout.ways.find(({ to, isJoining }) => isJoining && to === from)?.from ?? from;
  assert.deepEqual(
    [...new Set(step.wires.map(({ from, to }) => `${joined(from)} ${to}`))].sort(),
    [...new Set(drawn)].sort(),
    told,
  );
  linesOnlyCross(layout, told);
}

function areApart(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) > a.halfWidth + b.halfWidth || Math.abs(a.y - b.y) > a.halfHeight + b.halfHeight;
}

const isWithin = ({ x, y, halfWidth, halfHeight }: Box, point: Point): boolean =>
  Math.abs(point.x - x) <= halfWidth && Math.abs(point.y - y) <= halfHeight;

/** Every point of a line but its ends lies outside of all boxes, and an arrow's end on the edge of what it leads to. */
function endsAtBoxes(step: Step, { boxes }: Routed, way: Way): void {
  const points = pointsOf(way);
  assert.ok(isWithin(boxes[way.to]!, points.at(-1)!), JSON.stringify(way));
  if (!way.isBranch) assert.ok(isWithin(boxes[way.from]!, points[0]!), JSON.stringify(way));
  const between = way.isBranch ? points.slice(0, -1) : points.slice(1, -1);
  for (const [place, box] of boxes.entries())
    if (!isPort(step.nodes[place]!)) assert.ok(!between.some((point) => isWithin(box, point)), JSON.stringify(way));
}

/** Every point of the grid on a line. */
const pointsOf = ({ points }: Way): ReadonlyArray<Point> =>
  points.flatMap((point, i) => {
    const before = points[i - 1];
    if (before === undefined) return [point];
    const length = Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    assert.ok(point.x === before.x || point.y === before.y);
    return Array.from({ length }, (_, k) => ({
      x: before.x + Math.sign(point.x - before.x) * (k + 1),
      y: before.y + Math.sign(point.y - before.y) * (k + 1),
    }));
  });

/** No piece between two neighbouring points of the grid is on lines of two values. */
function linesOnlyCross({ ways }: Routed, told: string): void {
  const owners = new Map<string, number>();
  for (const way of ways) {
    const points = pointsOf(way);
    points.slice(1).forEach((point, i) => {
      const before = points[i]!;
      const piece = [`${before.x},${before.y}`, `${point.x},${point.y}`].sort().join(" ");
      assert.ok((owners.get(piece) ?? way.from) === way.from, `${told}: ${piece}`);
      owners.set(piece, way.from);
    });
  }
}
