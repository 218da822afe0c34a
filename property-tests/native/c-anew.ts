import { numberText } from "../../src/emit/c/number.ts";
import type { Names } from "../../src/module/c/names.ts";
import { variablesOf } from "../../src/module/c/names.ts";
import { isInteger } from "../../src/module/c/variables.ts";
import type { Example, ModelInfo, Nested, State, VariableInfo } from "../../src/runtime/interface.ts";
import type { CCase, Streams } from "./c-driver.ts";

/*
 * Two streams side by side, of which the second begins anew after half of the steps and takes its first ones again, while
 * the first goes on.
 */

/** Which step each of the two streams takes at each turn. */
const turnsOf = ({ steps }: Streams): ReadonlyArray<readonly [number, number]> => {
  const half = halfOf(steps.length);
  return steps.map((_, t) => [t, t < half ? t : t - half] as const);
};

const halfOf = (count: number): number => Math.ceil(count / 2);

export const beginsAnew = ({ compiled, streams }: CCase): boolean =>
  streams !== undefined && streams.contexts.length === 2 && compiled.c.header.includes("_reset_one(");

/** What two streams by themselves put out. */
export const anewExpected = (
  { compiled, params }: CCase,
  streams: Streams,
): ReadonlyArray<readonly [name: string, values: ReadonlyArray<number>]> => {
  const { model, start, step } = compiled;
  const begun = streams.contexts.map((context) => start(params, [context]));
  const states: State[] = [...begun];
  const ofOne = (input: Example, b: number): Example =>
    Object.fromEntries(
      Object.entries(input).map(([name, each]) => [name, [(each as ReadonlyArray<Nested>)[b]!] as Nested]),
    );
  return turnsOf(streams).flatMap((of, t) => {
    if (t === halfOf(streams.steps.length)) states[1] = begun[1]!;
    const outputs = of.map((at, b) => {
      const { state, output } = step(params, states[b]!, ofOne(streams.steps[at]!.input, b));
      states[b] = state;
      return output;
    });
    return Object.keys(outputs[0]!).map((name) => {
      const block = blockOf(model.outputs.find((output) => output.name === name)!);
      return [
        `anew ${t} ${name}`,
        interleaved(outputs.map((output) => Array.from(output[name]!)) as never, block),
      ] as const;
    });
  });
};

const blockOf = ({ shape }: Pick<VariableInfo, "shape">): number => shape.reduce((a, b) => a * b, 1);

/** Blocks of one and of the other in turn. */
const interleaved = (
  [first, second]: readonly [ReadonlyArray<number>, ReadonlyArray<number>],
  block: number,
): ReadonlyArray<number> =>
  Array.from({ length: first.length / block }, (_, i) => [
    ...first.slice(i * block, (i + 1) * block),
    ...second.slice(i * block, (i + 1) * block),
  ]).flat();

/** Of what both streams read, the part of one. */
const partOf = (values: ReadonlyArray<number>, b: number, block: number): ReadonlyArray<number> =>
  values.filter((_, i) => Math.floor(i / block) % 2 === b);

/** The same in C, of what stands there after streams were started, with places for inputs and outputs. */
export const anewText = (
  model: ModelInfo,
  streams: Streams,
  names: Names,
  array: (type: string, values: string) => string,
  putOutputs: (title: string) => ReadonlyArray<string>,
  read: string,
): ReadonlyArray<string> => {
  const { prefix } = names;
  const real = model.precision === "f32" ? "float" : "double";
  return [
    `check("start", ${prefix}_start(stream, params, &context));`,
    ...turnsOf(streams).flatMap(([one, other], t) => [
      ...(t === halfOf(streams.steps.length)
        ? [
            `check("reset", ${prefix}_reset_one(stream, 1));`,
            `check("no reset", ${prefix}_reset_one(stream, 2) != ${prefix}_wrong_value);`,
          ]
        : []),
      ...variablesOf(model).flatMap((variable) => {
        const of = [one, other].map((at) => streams.steps[at]!.values[variable.name]);
        if (of[0] === undefined || !read.includes(`*${names.data(variable.name)};`)) return [];
        const parts = of.map((values, b) => partOf(values!, b, blockOf(variable)));
        const numbers = interleaved(parts as never, blockOf(variable));
        const data = isInteger({ variable, isFlag: false, axes: [] })
          ? array("int32_t", numbers.join(", ") || "0")
          : array(real, numbers.map((value) => numberText(value, model.precision)).join(", ") || "0");
        return [`inputs.${names.data(variable.name)} = ${data};`];
      }),
      `check("step", ${prefix}_step(stream, &inputs, &outputs));`,
      ...putOutputs(`anew ${t}`),
    ]),
  ];
};
