import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featureAxis } from "../../src/circuit/axis.ts";
import { type Builder, newBuilder } from "../../src/circuit/build.ts";
import { arity, type Circuit, type NodeId, type Output } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { copyNode, rewrite } from "../../src/circuit/rewrite.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { evaluateUnfolded } from "../../src/circuit/unfold-gradient.ts";
import { type PointwiseName, pointwiseFunctions } from "../../src/elaborate/functions.ts";
import { differentiate, type Leaf } from "../../src/transform/differentiate.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { often } from "../often.ts";
import { withinRounding } from "../oracles/rounding.ts";
import { programOf, resultsOf } from "../wasm/programs.ts";
import {
  allFunctions,
  type Domain,
  isWhole,
  languageUses,
  otherExponents,
  type Use,
  uses,
  wholeExponents,
} from "./functions.ts";

/** A function with what its operands must be; each operand is a vector of numbers, one of which is drawn by itself. */
interface Subject extends Use {
  readonly name: string;
  readonly build: (b: Builder, operands: ReadonlyArray<NodeId>) => NodeId;
}

const power = (exponent: number, domain: Domain): Subject => ({
  name: `the power of ${exponent}`,
  operands: [domain],
  bends: "nowhere",
  build: (b, [x]) => b.map("pow", x!, b.constant(exponent)),
});

const subjects: ReadonlyArray<Subject> = [
  ...allFunctions.map((fn): Subject => ({ name: fn, ...uses[fn], build: (b, operands) => b.map(fn, ...operands) })),
  ...(Object.keys(pointwiseFunctions) as ReadonlyArray<PointwiseName>).map((fn): Subject => {
    const { meaning } = pointwiseFunctions[fn];
    return { name: `${fn} of the language`, ...languageUses[fn], build: (b, operands) => meaning(b, ...operands) };
  }),
  ...wholeExponents.map((exponent) => power(exponent, "any")),
  ...otherExponents.map((exponent) => power(exponent, "positive")),
];

test("every function has as many domains as operands", () => {
  for (const fn of allFunctions) assert.equal(uses[fn].operands.length, arity[fn], fn);
});

const drawnFrom: { readonly [D in Domain]: fc.Arbitrary<number> } = {
  any: fc.oneof(
    fc.double({ min: -3, max: 3, noNaN: true }),
    // Near where most functions bend, but further than differences reach.
    fc.constantFrom(-0.02, 0.02, -0.011, 0.011, 1, -1, 0.5),
  ),
  bounded: fc.double({ min: -1, max: 1, noNaN: true }),
  positive: fc.double({ min: 0.2, max: 3, noNaN: true }),
  truth: fc.constantFrom(0, 1),
  count: fc.integer({ min: 1, max: 7 }),
};

/** Vectors of the operands' numbers, at whose places the function does not bend. */
const cases = ({ operands, bends }: Use): fc.Arbitrary<ReadonlyArray<ReadonlyArray<number>>> => {
  const place = fc.tuple(...operands.map((domain) => drawnFrom[domain])).filter((numbers) => {
    const reals = numbers.filter((_, i) => !isWhole(operands[i]));
    if (bends === "nowhere") return true;
    if (bends === "at 0") return reals.every((x) => Math.abs(x) > margin);
    return reals.every((x, i) => reals.every((z, j) => i === j || Math.abs(x - z) > margin));
  });
  return fc
    .oneof(fc.constant(1), fc.integer({ min: 2, max: 11 }))
    .chain((count) => fc.array(place, { minLength: count, maxLength: count }))
    .map((places) => operands.map((_, i) => places.map((numbers) => numbers[i]!)));
};

const step = 1e-3;
const margin = 10 * step;

const leafOf = (i: number, count: number): Leaf => ({ tag: "parameter", path: `x${i}`, shape: [count] });

/** Sums that differ from place to place, so that no derivative passes for that of another place. */
const weigh = (b: Builder, count: number, value: NodeId): NodeId => {
  const axis = featureAxis(0, count);
  return b.sum([axis], b.map("mul", b.map("add", b.constant(0.5), b.index(axis)), value));
};

const circuitOf = ({ operands, build }: Subject, count: number): Circuit => {
  const b = newBuilder();
  const value = build(
    b,
    operands.map((_, i) => b.parameter(`x${i}`, [count])),
  );
  return b.finish([
    { role: "output", name: "value", node: value, axes: [featureAxis(0, count)] },
    { role: "loss", name: "loss", node: weigh(b, count, value), axes: [] },
  ]);
};

/** The function, its derivatives by each operand, and those of these. */
const twiceDerived = (subject: Subject, count: number): Circuit => {
  const leaves = subject.operands.map((_, i) => leafOf(i, count));
  const first = differentiate({ wrt: leaves })(circuitOf(subject, count));
  return leaves.reduce((circuit, _, i) => {
    const { b, renamed } = rewrite(circuit, copyNode);
    const outputs = circuit.outputs.map((output): Output => ({ ...output, node: renamed[output.node]! }));
    const slope = outputs.find(({ role, name }) => role === "gradient" && name === `x${i}`)!;
    const sum: Output = { role: "loss", name: `sum ${i}`, node: weigh(b, count, slope.node), axes: [] };
    const called = (leaf: Leaf): string => `${i} ${leaf.tag === "parameter" ? leaf.path : leaf.name}`;
    const isThis = ({ name }: Output): boolean => name === `sum ${i}`;
    return differentiate({ of: isThis, wrt: leaves, called })(b.finish([...outputs, sum]));
  }, first);
};

/** The derivative along all places of one operand at once, by differences of the fourth order. */
const differences = (at: (by: number) => ReadonlyArray<number>): ReadonlyArray<number> => {
  const [far, near, here, there] = [at(-2 * step), at(-step), at(step), at(2 * step)];
  return here.map((_, i) => (8 * (here[i]! - near[i]!) - (there[i]! - far[i]!)) / (12 * step));
};

const near = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>, tolerance: number, what: string): void => {
  assert.equal(found.length, expected.length, what);
  found.forEach((value, i) => {
    const isNear = Math.abs(value - expected[i]!) <= tolerance * Math.max(1, Math.abs(expected[i]!));
    assert.ok(isNear || Object.is(value, expected[i]), `${what}: ${value}, not ${expected[i]} (place ${i + 1})`);
  });
};

const numRuns = often(12, 6);

for (const subject of subjects) {
  test(`the derivative and the second derivative of ${subject.name} are what differences find, by every back end`, () => {
    fc.assert(
      fc.property(cases(subject), fc.nat(), (numbers, seed) => {
        const count = numbers[0]!.length;
        const circuit = twiceDerived(subject, count);
        const environment = (moved = -1, by = 0) => ({
          parameters: Object.fromEntries(
            numbers.map((values, i) => [`x${i}`, values.map((x) => (i === moved ? x + by : x))]),
          ),
          inputs: {},
          lengths: {},
        });
        const outputs = (where = environment()): ReadonlyArray<ReadonlyArray<number>> =>
          evaluate(circuit, where).map(({ data, extents }) =>
            extents.length === 0 ? Array.from({ length: count }, () => data[0]!) : [...data],
          );
        const found = outputs();
        const named = (name: string): number => circuit.outputs.findIndex((output) => output.name === name);
        const weights = Array.from({ length: count }, (_, i) => i + 0.5);
        const held = subject.name.startsWith("stop");
        subject.operands.forEach((domain, i) => {
          const slope = named(`x${i}`);
          const isFlat = held || isWhole(domain);
          const by = (output: number, axis: number): ReadonlyArray<number> =>
            isFlat ? weights.map(() => 0) : differences((step) => outputs(environment(axis, step))[output]!);
          const expected = by(named("value"), i).map((x, at) => weights[at]! * x);
          near(found[slope]!, expected, 1e-7, `by operand ${i + 1}`);
          subject.operands.forEach((other, j) => {
            const second = isWhole(other) ? weights.map(() => 0) : by(slope, j).map((x, at) => weights[at]! * x);
            near(found[named(`${i} x${j}`)]!, second, 1e-7, `by operands ${i + 1} and ${j + 1}`);
          });
        });
        agrees(circuit, environment(), found, seed);
        agrees(optimise(circuit), environment(), found, seed);
      }),
      { numRuns, includeErrorInReport: true },
    );
  });
}

/** Unfolded and by both back ends, in both precisions, a circuit gives what the evaluator found. */
const agrees = (
  circuit: Circuit,
  environment: {
    readonly parameters: Readonly<Record<string, ReadonlyArray<number>>>;
    readonly inputs: Readonly<Record<string, never>>;
    readonly lengths: Readonly<Record<string, never>>;
  },
  expected: ReadonlyArray<ReadonlyArray<number>>,
  seed: number,
): void => {
  const unfolded = evaluateUnfolded(unfold(circuit, environment), environment);
  const data = { batch: 1, ...environment, longest: {} };
  const [js, wasm] = (["js", "wasm"] as const).map((target) =>
    resultsOf(programOf(circuit, "f64", target), data, "f64"),
  );
  const single = {
    ...environment,
    parameters: Object.fromEntries(
      Object.entries(environment.parameters).map(([path, values]) => [path, values.map(Math.fround)]),
    ),
  };
  const rounded = evaluate(circuit, single);
  const isNear = withinRounding(circuit, single, seed);
  const singles = (["js", "wasm"] as const).map((target) =>
    resultsOf(programOf(circuit, "f32", target), { ...data, ...single }, "f32"),
  );
  circuit.outputs.forEach(({ name, axes }, i) => {
    const wanted = axes.length === 0 ? expected[i]!.slice(0, 1) : expected[i]!;
    near(unfolded[i]!, wanted, 1e-11, `${name}, unfolded`);
    near([...js![i]!], wanted, 1e-11, `${name}, in JavaScript`);
    near([...wasm![i]!], wanted, 1e-11, `${name}, in WebAssembly`);
    for (const values of singles)
      values[i]!.forEach((value, at) => {
        const exact = rounded[i]!.data[at]!;
        assert.ok(isNear(i, value, exact), `${name} in single precision: ${value}, not ${exact} (place ${at + 1})`);
      });
  });
};
