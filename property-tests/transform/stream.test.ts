import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hasAxis } from "../../src/circuit/axis.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Environment, Index } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { spaceOf } from "../../src/circuit/space.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { addBatch, batchedAxis } from "../../src/transform/batch.ts";
import { resumable } from "../../src/transform/resumable.ts";
import { startCircuit, stepCircuit } from "../../src/transform/step.ts";
import { streamsAlong } from "../../src/transform/stream.ts";
import { circuits, environmentOf, t } from "../circuit/arbitrary.ts";
import { close, componentAt } from "../circuit/compare.ts";

type Inputs = Environment["inputs"];
const axis = batchedAxis(t) as typeof t;

/** Batched circuits that stream along t; of their outputs only those along it are compared. */
const streaming = circuits({ smooth: false, causal: true })
  .map((circuit) => addBatch.run(circuit))
  .map((circuit) => ({
    ...circuit,
    outputs: circuit.outputs.filter(({ role, axes }) => role === "output" && hasAxis(axes, axis)),
  }))
  .filter((circuit) => circuit.outputs.length > 0 && streamsAlong(circuit, axis));

test("a sequence in two chunks gives what the whole gives", () => {
  fc.assert(
    fc.property(
      streaming,
      fc.nat(),
      fc.nat(3),
      fc.nat(3),
      fc.tuple(fc.nat(3), fc.nat(3)),
      (circuit, seed, S, cut, rest) => {
        const chunked = resumable(axis).run(circuit);
        assert.deepEqual(brokenInvariants(chunked), []);
        const environment = environmentOf(0, S, 2, seed);
        const fresh: Inputs = { ...noStates(chunked), $resume: 0, $position: 0 };
        const first = chunk(environment, 0, [cut, cut], fresh);
        const second = chunk(environment, cut, rest, {
          ...statesOf(chunked, first),
          $resume: 1,
          $position: cut,
        });
        const whole = chunk(environment, 0, [cut + rest[0], cut + rest[1]], fresh);
        agree(chunked, second, chunked, whole, cut);
      },
    ),
  );
});

test("stepping gives what the whole sequence gives", () => {
  fc.assert(
    fc.property(streaming, fc.nat(), fc.nat(3), (circuit, seed, S) => {
      const [start, step] = [startCircuit(circuit, axis), stepCircuit(circuit, axis)];
      assert.deepEqual([...brokenInvariants(start), ...brokenInvariants(step)], []);
      const environment = environmentOf(0, S, 2, seed);
      const whole = chunk(environment, 0, [4, 4], {});
      let states = statesOf(start, chunk(environment, 0, [0, 0], {}));
      for (let position = 0; position < 4; position++) {
        const here = chunk(environment, position, [1, 1], { ...states, $position: position });
        const stepped = { ...here, inputs: { ...atFirst(here.inputs), ...states, $position: position } };
        agree(step, stepped, circuit, whole, position);
        states = { ...states, ...statesOf(step, stepped) };
      }
    }),
  );
});

/** What the environment gives from a position of t on, for two examples. */
const chunk = (
  environment: Environment,
  from: number,
  lengths: ReadonlyArray<number>,
  further: Inputs,
): Environment => ({
  ...environment,
  batch: 2,
  inputs: {
    ...Object.fromEntries(
      Object.entries(environment.inputs).map(([name, input]) => [
        name,
        (index: Index) => call(input, index.t === undefined ? index : { ...index, t: index.t + from }),
      ]),
    ),
    ...further,
  },
  lengths: { ...environment.lengths, T: (outer) => lengths[outer["@batch"]!]! },
});

/** The inputs along t, without it: at its first position. */
const atFirst = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      const along = name === "x" || name === "c";
      return [name, (index: Index) => call(input, along ? { t: 1, ...index } : index)];
    }),
  );

const call = (input: Inputs[string] | undefined, index: Index): number =>
  typeof input === "function" ? input(index) : assert.fail("an input is no function");

const noStates = ({ outputs }: Circuit): Inputs =>
  Object.fromEntries(outputs.flatMap(({ role, name }) => (role === "state" ? [[name, () => 0]] : [])));

/** The states that a circuit gives, as inputs of another. */
const statesOf = (circuit: Circuit, environment: Environment): Inputs => {
  const tensors = evaluate(circuit, environment);
  return Object.fromEntries(
    circuit.outputs.flatMap(({ role, name, axes }, i) =>
      role === "state" ? [[name, (index: Index) => componentAt(environment, axes, tensors[i]!, index)]] : [],
    ),
  );
};

/** The later circuit's outputs are the whole's from a position on; the states after it, if it gives them, are the same. */
const agree = (later: Circuit, after: Environment, whole: Circuit, all: Environment, from: number): void => {
  const found = evaluate(later, after);
  const expected = evaluate(whole, all);
  later.outputs.forEach(({ role, name, axes }, i) => {
    const place = whole.outputs.findIndex((output) => output.role === role && output.name === name);
    const other = whole.outputs[place];
    if (other === undefined) return;
    for (const index of spaceOf(after).positions(axes, axes, {})) {
      const there = role === "state" ? index : { ...index, t: (index.t ?? 1) + from };
      close(
        [componentAt(after, axes, found[i]!, index)],
        [componentAt(all, other.axes, expected[place]!, there)],
        1e-12,
      );
    }
  });
};
