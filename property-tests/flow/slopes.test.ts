import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Compiled } from "../../src/compile.ts";
import { isWholeState } from "../../src/flow/bound.ts";
import { pairsOf } from "../../src/flow/pairs.ts";
import { following } from "../../src/flow/slopes.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import {
  componentsOf,
  elman,
  expressions,
  gru,
  instanceOf,
  type Movable,
  memoryOfLstm,
  movement,
  moves,
  mustBeNear,
  ofOneState,
  times,
  wholeLstm,
} from "./programs.ts";

const length = 5;
const positions = [...Array(length).keys()];
const step = 1e-4;

/** By differences of the program in which the movement is an input: a column for each component moved, by position. */
const differences = (
  moving: Compiled,
  names: ReadonlyArray<string>,
  params: Params,
  example: Example,
  place: number,
): ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>> =>
  componentsOf(names).map(({ name, component }) => {
    const valuesAt = (by: number) => {
      const moves = movement(names, length, { name, place, component, by });
      const outputs = moving.forward(params, moving.pack([{ ...example, ...moves }]));
      return positions.map((t) =>
        names.flatMap((each) => [...outputs[each]!.data.slice(t * (outputs[each]!.data.length / length)).slice(0, 3)]),
      );
    };
    const at = [valuesAt(2 * step), valuesAt(step), valuesAt(-step), valuesAt(-2 * step)];
    return positions.map((t) =>
      at[0]![t]!.map(
        (_, i) => (8 * (at[1]![t]![i]! - at[2]![t]![i]!) - (at[0]![t]![i]! - at[3]![t]![i]!)) / (12 * step),
      ),
    );
  });

/** The gradient of the whole loss by a movement at each position, by the reverse mode of that program. */
const gradientBy = (moving: Compiled, names: ReadonlyArray<string>, params: Params, example: Example) => {
  const { gradient } = moving.gradient(params, moving.pack([{ ...example, ...movement(names, length) }]));
  return (place: number) => names.flatMap((name) => [...gradient[`d${name}`]!.slice(place * 3, place * 3 + 3)]);
};

const agrees = ({ source, names, withInput }: Movable, seed: number): void => {
  const { compiled, subject, params, example } = instanceOf({ source, names }, seed, length);
  const along = following(compiled.elaborated, subject);
  const moving = compiledProgram(withInput, { wrt: names.map((name) => `d${name}`) });
  const gradient = gradientBy(moving, names, params, example);
  const size = along.size;
  const all = positions.map((place) => along.slopesAt(params, example, place));
  all.forEach(({ stateAt, losses }, place) => {
    const columns = differences(moving, names, params, example, place);
    for (const t of positions)
      mustBeNear(
        `∂h[${t}]/∂h[${place}]`,
        stateAt(t).data,
        Array.from({ length: size * size }, (_, i) => columns[i % size]![t]![Math.floor(i / size)]!),
        1e-7,
      );
    const whole = losses.reduce<ReadonlyArray<number>>(
      (sum, each) => sum.map((value, i) => value + each[i]!),
      Array.from({ length: size }, () => 0),
    );
    mustBeNear(`∂L/∂h[${place}]`, whole, gradient(place), 1e-10);
    losses.slice(0, place).forEach((loss) => {
      mustBeNear("what the loss gains before", loss, new Float64Array(size), 0);
    });
  });
  if (!isWholeState(compiled.elaborated, subject)) return;
  for (const k of positions)
    for (const t of positions.slice(k + 1))
      mustBeNear(
        `the product from ${k} to ${t}`,
        all[k]!.stateAt(t).data,
        times(all[t - 1]!.stateAt(t), all[k]!.stateAt(t - 1)).data,
        1e-11,
      );
};

for (const [name, program, isWhole] of [
  ["a plain recurrent cell", elman, true],
  ["a GRU", gru, true],
  ["an LSTM, its two states together", wholeLstm, true],
  ["the memory of an LSTM alone", memoryOfLstm, false],
] as const)
  test(`slopes of ${name} are differences by a movement that is an input, and products of one-step slopes if it is a whole state; slopes of the loss at each position add up to the gradient`, () => {
    const { compiled, subject } = instanceOf(program, 1, 2);
    assert.equal(isWholeState(compiled.elaborated, subject), isWhole);
    fc.assert(
      fc.property(fc.integer(), (seed) => agrees(program, seed)),
      { numRuns: often(8) },
    );
  });

test("the norm of the whole loss by a state is the length of the gradient by a movement of it, at every position", () => {
  const moving = compiledProgram(gru.withInput, { wrt: ["dh"] });
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { compiled, subject, params, example } = instanceOf(gru, seed, length);
      const { wholeLoss } = pairsOf(following(compiled.elaborated, subject), params, example, length);
      const gradient = gradientBy(moving, ["h"], params, example);
      const lengths = positions.map((place) =>
        Math.sqrt(gradient(place).reduce((sum, value) => sum + value * value, 0)),
      );
      mustBeNear("‖∂L/∂h‖", wholeLoss!, lengths, 1e-10);
    }),
    { numRuns: often(12) },
  );
});

test("slopes of random programs of one state are differences, products of one-step slopes, and parts of the gradient", () => {
  fc.assert(
    fc.property(expressions, fc.integer(), (expression, seed) => {
      fc.pre(moves(expression));
      const program = ofOneState(expression);
      const { compiled, subject } = instanceOf(program, 1, 2);
      assert.ok(isWholeState(compiled.elaborated, subject));
      agrees(program, seed);
    }),
    { numRuns: often(24) },
  );
});

test("a state that looks back two positions is no whole state, and its slopes are differences all the same", () => {
  const program = ofOneState("tanh(W h[t-1] + V h[t-2] + U x[t])");
  const given = {
    ...program,
    source: program.source.replace("h[0] = 0", "h[_] = 0"),
    withInput: program.withInput.replace("h[0] = 0", "h[_] = 0"),
  };
  const { compiled, subject } = instanceOf(given, 1, 2);
  assert.ok(!isWholeState(compiled.elaborated, subject));
  agrees(given, 3);
});

test("a cell that runs backwards moves with later positions alone", () => {
  const source = `cell C(n)(x[t]) -> h[t] {
  param W : R[n,n]
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + x[t])
}
model M {
  axis t in 1..T
  input x[t] : R[3]
  g[t] = backward C(3)(x[t])
  minimize sum[t](sumsq(g[t]))
}`;
  const { compiled, subject, params, example } = instanceOf({ source, names: ["g"] }, 1, 4);
  const along = following(compiled.elaborated, subject);
  for (const k of [0, 1, 2, 3]) {
    const { stateAt, losses } = along.slopesAt(params, example, k);
    for (const t of [0, 1, 2, 3]) {
      assert.equal(
        stateAt(t).data.some((value) => value !== 0),
        t <= k,
        `${k} ${t}`,
      );
      assert.equal(
        losses[t]!.some((value) => value !== 0),
        t <= k,
      );
    }
  }
});
