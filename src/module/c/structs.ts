import type { VariableInfo } from "../../runtime/interface.ts";
import type { CContents } from "./contents.ts";
import { dataField, type Field, hasFlag, realType, structText } from "./fields.ts";
import { lengthNames, type Names, variablesOf, withUnderscores } from "./names.ts";
import {
  carries,
  dataLeaves,
  givenOf,
  isGenerating,
  isSearching,
  isStepping,
  normOf,
  resultsOf,
  roundsOf,
} from "./places.ts";
import { searchStructs } from "./search-structs.ts";
import { tasteStruct } from "./tastes.ts";
import { insideAxes, laidOut } from "./variables.ts";

/** The structs that functions take. */
export const structsText = (contents: CContents, names: Names): ReadonlyArray<string> => {
  const { model } = contents;
  const { prefix, data } = names;
  return [
    "/* The numbers of each parameter, row-major. All are of one type, so it can be read from a file at once. */",
    ...structText(`${prefix}_params`, paramFields(contents, names)),
    "/* How large a batch is. */",
    ...structText(`${prefix}_sizes`, [
      { text: "size_t batch", comment: "how many examples, from 1" },
      ...lengthNames(model).map((length) => ({
        text: `size_t ${data(length)}`,
        comment: `the greatest ${length}`,
      })),
    ]),
    "/* Examples side by side; behind an example's own length anything may stand. */",
    ...structText(`${prefix}_batch`, batchFields(contents, names)),
    ...(contents.programs.forward === undefined
      ? []
      : [
          "/* Where outputs go; NULL where one is not wanted. Behind an example's own length stand zeros. */",
          ...structText(`${prefix}_outputs`, outputFields(contents, names)),
        ]),
    ...slopesText(contents, names),
    ...(isStepping(contents) ? stepStructs(contents, names) : []),
    ...(isSearching(contents) ? searchStructs(contents, names) : []),
    ...(isGenerating(contents) ? drawnStructs(contents, names) : []),
    ...trainerStructs(contents, names),
  ];
};

const paramFields = (contents: CContents, names: Names): ReadonlyArray<Field> =>
  contents.model.params.map(({ path, shape, fixed }) => ({
    text: `${realType(contents)} ${names.params(path)}${shape.map((size) => `[${size}]`).join("")}`,
    comment: `${path}${fixed === true ? ", which is not trained" : ""}`,
  }));

const batchFields = (contents: CContents, names: Names): ReadonlyArray<Field> => {
  const { model } = contents;
  const { prefix, data } = names;
  return [
    { text: `${prefix}_sizes sizes`, comment: "of this batch" },
    ...lengthNames(model).map((length) => ({
      text: `const int32_t *${data(length)}`,
      comment: `${length} of each example, ${tableText(contents, names, length)}; NULL: the greatest for all`,
    })),
    ...variablesOf(model).map((variable) =>
      dataField(contents, names, { variable, isFlag: false, axes: insideAxes(model, variable) }),
    ),
    ...model.targets
      .filter(({ name }) => hasFlag(contents, name))
      .map((variable) => dataField(contents, names, { variable, isFlag: true, axes: insideAxes(model, variable) })),
    ...(!carries(contents)
      ? []
      : [
          {
            text: "void *state",
            comment: `NULL, or ${prefix}_state_memory(sizes) bytes: what a pass, a gradient or a training step goes on from and leaves for the next; all zeros before the first`,
          },
        ]),
  ];
};

const tableText = ({ model }: CContents, names: Names, length: string): string => {
  const over = model.axes.find((axis) => axis.length === length)?.over ?? [];
  const outer = over.map((name) => model.axes.find((axis) => axis.name === name)!);
  return laidOut(names, ["batch", ...outer], []);
};

const outputFields = (contents: CContents, names: Names): ReadonlyArray<Field> =>
  resultsOf(contents.programs.forward!, "output", "expected").map(({ name }) => outputField(contents, names, name));

const outputField = (contents: CContents, names: Names, name: string, without?: string | null): Field => {
  const { model } = contents;
  const variable = outputNamed(contents, name);
  const axes = variable.indices
    .filter((index) => index !== without)
    .map((index) => model.axes.find((axis) => axis.name === index)!);
  return {
    text: `${realType(contents)} *${names.outputs(name)}`,
    comment: `${laidOut(names, [...axes, "batch"], variable.shape)}, ${name}`,
  };
};

export const outputNamed = ({ model }: CContents, name: string): VariableInfo =>
  [...model.outputs, ...(model.expected ?? [])].find((output) => output.name === name)!;

/** Inputs of which a gradient is wanted. */
export const slopedInputs = ({ model, programs: { gradient } }: CContents): ReadonlyArray<VariableInfo> =>
  gradient === undefined
    ? []
    : resultsOf(gradient, "gradient").flatMap(({ name }) => model.inputs.filter((input) => input.name === name));

const slopesText = (contents: CContents, names: Names): ReadonlyArray<string> => {
  const inputs = slopedInputs(contents);
  return inputs.length === 0
    ? []
    : [
        "/* Where the gradient by inputs goes; NULL where one is not wanted. */",
        ...structText(
          `${names.prefix}_slopes`,
          inputs.map((variable) => ({
            text: `${realType(contents)} *${names.data(variable.name)}`,
            comment: laidOut(names, insideAxes(contents.model, variable), variable.shape),
          })),
        ),
      ];
};

const stepStructs = (contents: CContents, names: Names): ReadonlyArray<string> => {
  const { model, programs } = contents;
  const step = programs.step!;
  return [
    "/* What one step reads, of each stream. */",
    ...structText(
      `${names.prefix}_step_inputs`,
      dataLeaves(step).map((leaf) => dataField(contents, names, givenOf(model, leaf, model.streamable))),
    ),
    "/* Where what one step puts out goes; NULL where one is not wanted. */",
    ...structText(
      `${names.prefix}_step_outputs`,
      resultsOf(step, "output").map(({ name }) => outputField(contents, names, name, model.streamable)),
    ),
  ];
};

const drawnStructs = (contents: CContents, names: Names): ReadonlyArray<string> => {
  const { model } = contents;
  const { prefix } = names;
  return [
    ...tasteStruct(contents, names),
    "/* Where random numbers of one stream stand. */",
    ...structText(`${prefix}_random`, [{ text: "uint32_t words[4]", comment: `${prefix}_seed fills them` }]),
    "/* Where what one step draws goes; NULL where it is not wanted. */",
    ...structText(
      `${prefix}_drawn`,
      roundsOf(contents)
        .flat()
        .map(({ variable }) => {
          const axes = insideAxes(model, variable, model.streamable);
          const { text, comment } = dataField(contents, names, { variable, isFlag: false, axes });
          return { text: text.replace("const ", ""), comment };
        }),
    ),
  ];
};

/** What a step of descent remembers of every parameter: so many numbers for each of its own. */
const memoryCount = ({ programs: { train } }: CContents): number =>
  train === undefined
    ? 0
    : Math.max(0, ...train.program.leaves.map(({ name }) => 1 + Number(/^\$memory\.(\d+)\./.exec(name)?.[1] ?? -1)));

const trainerStructs = (contents: CContents, names: Names): ReadonlyArray<string> => {
  const { model, programs } = contents;
  if (programs.train === undefined) return [];
  const { prefix } = names;
  const real = realType(contents);
  const memories = memoryCount(contents);
  const own = Object.keys(model.optimiser?.constants ?? {});
  return [
    "/* How long the gradient of a step is, by each parameter. */",
    ...structText(
      `${prefix}_norms`,
      resultsOf(programs.train, "norm").flatMap((slot) => {
        const path = normOf(slot);
        return path === undefined ? [] : [{ text: `${real} ${names.params(path)}`, comment: path }];
      }),
    ),
    `/* A training: to begin one, all zeros but the parameters. What it goes on from is all here. */`,
    ...structText(`${prefix}_trainer`, [
      { text: `${prefix}_params params`, comment: "what is trained" },
      ...(memories === 0
        ? []
        : [{ text: `${prefix}_params memory[${memories}]`, comment: `what ${model.optimiser!.name} remembers` }]),
      { text: "uint64_t steps", comment: "how many were done" },
      { text: `${prefix}_norms norms`, comment: "of the scaled gradient of the last step; no step reads them" },
    ]),
    `/* How a step goes down: ${prefix}_usual gives what is usual. */`,
    ...structText(`${prefix}_descent`, [
      { text: `${real} rate`, comment: "of learning" },
      { text: `${real} scale`, comment: "what the gradient is multiplied by first" },
      { text: `${real} clip`, comment: "the greatest norm of the gradient, a longer one is shortened" },
      { text: `${real} clip_value`, comment: "the greatest size of an element of the gradient" },
      ...own.map((name) => ({ text: `${real} ${withUnderscores(name)}`, comment: `of ${model.optimiser!.name}` })),
      ...(own.includes("weightDecay")
        ? [{ text: `${real} vector_decay`, comment: "the decay of parameters that are no matrices" }]
        : []),
    ]),
  ];
};
