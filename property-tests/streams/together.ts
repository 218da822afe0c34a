import assert from "node:assert/strict";
import type { Compiled } from "../../src/compile.ts";
import { stateOf } from "../../src/module/state-of.ts";
import { axisSlice } from "../../src/property/cells.ts";
import type { Example, Params, State, Stream, Values } from "../../src/runtime/interface.ts";
import { atPosition, flattened, movingOf, partOf, stillOf } from "./flat.ts";

/** By output, what it is at each position, in the order in which it is written. */
export type Course = Readonly<Record<string, ReadonlyArray<ReadonlyArray<number>>>>;

const outputsAlong = ({ model }: Compiled): ReadonlyArray<string> =>
  model.outputs.filter(({ indices }) => indices.includes(`${model.streamable}`)).map(({ name }) => name);

const course = (model: Compiled, positions: number, at: (name: string, t: number) => ArrayLike<number>): Course =>
  Object.fromEntries(
    outputsAlong(model).map((name) => [name, Array.from({ length: positions }, (_, t) => Array.from(at(name, t)))]),
  );

export const whole = (model: Compiled, params: Params, example: Example, positions: number): Course => {
  const outputs = model.forward(params, model.pack([example]));
  return course(model, positions, (name, t) => axisSlice(outputs[name]!, model.model.streamable!, t));
};

export const stepwise = (model: Compiled, params: Params, example: Example, positions: number): Course => {
  let state = model.start(params, stillOf(model, example));
  const found = Array.from({ length: positions }, (_, t) => {
    const { state: after, output } = model.step(params, state, atPosition(model, example, t));
    state = after;
    return output;
  });
  return course(model, positions, (name, t) => found[t]![name]!);
};

/** By `forward`, from cut to cut. */
export const inChunks = (model: Compiled, params: Params, example: Example, cuts: ReadonlyArray<number>): Course => {
  let state: State | undefined;
  const chunks = cuts.slice(1).map((to, i) => {
    const batch = model.pack([partOf(model, example, cuts[i]!, to)]);
    const outputs = model.forward(params, batch, state);
    state = stateOf(outputs);
    return { from: cuts[i]!, to, outputs };
  });
  return course(model, cuts.at(-1)!, (name, t) => {
    const { from, outputs } = chunks.find((chunk) => chunk.from <= t && t < chunk.to)!;
    return axisSlice(outputs[name]!, model.model.streamable!, t - from);
  });
};

/** Streams side by side, from cut to cut: the course of each. */
export const inBlocks = (
  model: Compiled,
  stream: Stream,
  examples: ReadonlyArray<Example>,
  cuts: ReadonlyArray<number>,
): ReadonlyArray<Course> => {
  const found: Array<Record<string, number[][]>> = examples.map(() =>
    Object.fromEntries(outputsAlong(model).map((name) => [name, []])),
  );
  cuts.slice(1).forEach((to, i) => {
    const blocks = blockOf(model, examples, cuts[i]!, to);
    stream.process(blocks.inputs, blocks.outputs, to - cuts[i]!);
    for (const [name, values] of Object.entries(blocks.outputs)) {
      const cells = values.length / (examples.length * (to - cuts[i]!) || 1);
      examples.forEach((_, b) => {
        for (let t = 0; t < to - cuts[i]!; t += 1) {
          const at = (b * (to - cuts[i]!) + t) * cells;
          found[b]![name]!.push(Array.from(values.subarray(at, at + cells)));
        }
      });
    }
  });
  return found;
};

/** The arrays of a block: [streams][n][…]. */
export const blockOf = (model: Compiled, examples: ReadonlyArray<Example>, from: number, to: number) => {
  const newValues = (size: number): Values =>
    model.model.precision === "f32" ? new Float32Array(size) : new Float64Array(size);
  const positions = Array.from({ length: to - from }, (_, t) => from + t);
  const inputs = Object.fromEntries(
    movingOf(model).map(({ name }) => {
      const each = examples.flatMap((example) => positions.map((t) => atPosition(model, example, t)[name]!));
      return [name, Float64Array.from(flattened(each).flat())];
    }),
  );
  const outputs = Object.fromEntries(
    model.model.outputs
      .filter(({ indices }) => indices.includes(`${model.model.streamable}`))
      .map(({ name, indices, shape }) => {
        const others = indices.filter((index) => index !== model.model.streamable);
        const extents = others.map((index) => {
          const { length } = model.model.axes.find((axis) => axis.name === index)!;
          return typeof length === "number" ? length : longestOf(model, examples, length);
        });
        const cells = [...extents, ...shape].reduce((a, b) => a * b, 1);
        return [name, newValues(examples.length * (to - from) * cells).fill(Number.NaN)];
      }),
  );
  return { inputs, outputs };
};

const longestOf = (model: Compiled, examples: ReadonlyArray<Example>, length: string): number =>
  Math.max(...examples.map((example) => model.pack([example]).longest[length]!));

/** The same bits; 0 and -0 are the same number. */
export const mustBeSame = (found: Course, expected: Course, what: string): void => {
  for (const [name, positions] of Object.entries(expected))
    positions.forEach((values, t) => {
      values.forEach((value, i) => {
        const other = found[name]![t]![i];
        assert.ok(
          value === other || (Number.isNaN(value) && Number.isNaN(other)),
          `${what}: ${name} at ${t + 1}, component ${i}, is ${other}, not ${value}`,
        );
      });
    });
};
