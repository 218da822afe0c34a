import { publicTypes } from "./declaration-types.ts";
import type { ExportName } from "./exports.ts";
import type { ModelInfo, VariableInfo } from "./interface.ts";

/** The types of a module: its parameters and inputs by their own names, with their shapes in the comments. */
export const declarationText = (info: ModelInfo, exports: ReadonlyArray<ExportName>): string => `${publicTypes()}
/** One row-major typed array per parameter. */
export interface Params {
${info.params.map(({ path, shape }) => member(describe(shape, []), path, arrayOf(info))).join("\n")}
}

/** One example: nested arrays in the order of the indices, or typed arrays with a shape. */
export interface Example {
${[...exampleMembers(info), ...lengthMembers(info)].join("\n")}
}

/** What one step reads: one element for each stream. */
export interface Step {
${stepMembers(info).join("\n")}
}

export interface Outputs {
${info.outputs.map((output) => member(describe(output.shape, output.indices), output.name, "Output")).join("\n")}
}

export interface StepOutput {
${info.outputs
  .filter(({ indices }) => indices.includes(`${info.streamable}`))
  .map(({ name, shape }) => member(describe(shape, []), name, arrayOf(info)))
  .join("\n")}
}

export declare const model: ModelInfo;
${exports.map((name) => functionTypes[name](info)).join("")}`;

const functionTypes: { readonly [name in ExportName]: (info: ModelInfo) => string } = {
  init: () => "export declare const init: (seed: number) => Params;\n",
  pack: () => `/** With a seed, noise is drawn from it; without, it is its mean. */
export declare const pack: (examples: ReadonlyArray<Example>, seed?: number) => Batch;
`,
  forward: () => "export declare const forward: (params: Params, batch: Batch) => Outputs;\n",
  loss: () => "export declare const loss: (params: Params, batch: Batch) => number;\n",
  gradient: (info) => `export declare const gradient: (
  params: Params,
  batch: Batch,
  state?: State,
) => { readonly loss: number; readonly gradient: Params & Readonly<Record<string, ${arrayOf(info)}>>; readonly state: State };
`,
  start: () => "export declare const start: (params: Params, context?: OneOrMany<Partial<Example>>) => State;\n",
  step: () => `export declare const step: (
  params: Params,
  state: State,
  input: Step,
) => { readonly state: State; readonly output: StepOutput };
`,
  generate: () => "export declare const generate: (params: Params, options: GenerateOptions) => Generated;\n",
  /** A module without an optimiser does not say that it trains. */
  trainer: ({ optimiser, ...info }) =>
    optimiser === undefined
      ? ""
      : `/** Begins a training by ${optimiser.name} from copies of the parameters, which then stay where the compiled step has them. */
export declare const trainer: (
  params: Params,
  constants?: { ${Object.keys(optimiser.constants)
    .map((name) => `readonly ${name}?: number;`)
    .join(" ")} },
) => {
  readonly step: (
    batch: Batch,
    options: { readonly rate: number; readonly clip?: number; readonly state?: State | undefined },
  ) => { readonly loss: number; readonly norm: number; readonly state: State };
  readonly params: () => Params;
  readonly memories: () => Readonly<Record<string, ${arrayOf(info)}>>;
};
`,
};

const arrayOf = ({ precision }: ModelInfo): string => (precision === "f32" ? "Float32Array" : "Float64Array");

const exampleMembers = ({ inputs, targets, noises }: ModelInfo): ReadonlyArray<string> => [
  ...inputs.map((variable) => member(describeVariable(variable), variable.name, nestedType(variable))),
  ...[...targets, ...noises].map((variable) =>
    member(describeVariable(variable), variable.name, nestedType(variable), "?"),
  ),
];

/** The length of an axis on which no data stands is given by name. */
const lengthMembers = ({ axes }: ModelInfo): ReadonlyArray<string> =>
  [...new Map(axes.map((axis) => [axis.length, axis])).values()].flatMap(({ name, length, over }) =>
    typeof length === "string"
      ? [
          member(
            `The length of axis ${name}.`,
            length,
            over.reduce<string>((type) => `ReadonlyArray<${type}>`, "number"),
            "?",
          ),
        ]
      : [],
  );

const stepMembers = ({ inputs, targets, noises, streamable }: ModelInfo): ReadonlyArray<string> =>
  [...inputs, ...targets, ...noises]
    .filter(({ indices }) => indices.includes(`${streamable}`))
    .map((variable) => {
      const element = { ...variable, indices: variable.indices.filter((index) => index !== streamable) };
      const optional = inputs.includes(variable) ? "" : "?";
      const one = nestedType(element);
      return member(describeVariable(element), variable.name, `${one} | ReadonlyArray<${one}>`, optional);
    });

const nestedType = ({ indices, shape }: VariableInfo): string =>
  [...indices, ...shape].reduce<string>(
    (type, _, level) => (level === 0 ? `Numbers` : `ReadonlyArray<${type}>`),
    "number",
  ) + (indices.length + shape.length > 0 ? " | Shaped" : "");

const describeVariable = ({ shape, indices, symbols }: VariableInfo): string =>
  symbols === undefined ? describe(shape, indices) : `${over(indices)}symbol 0..${symbols - 1}`;

const describe = (shape: ReadonlyArray<number>, indices: ReadonlyArray<string>): string =>
  `${over(indices)}${shape.length === 0 ? "a number" : `shape [${shape.join(", ")}]`}`;

const over = (indices: ReadonlyArray<string>): string => indices.map((index) => `[${index}] `).join("");

/** A comment ends nowhere but at its end, whatever the names are. */
const member = (comment: string, name: string, type: string, optional = ""): string =>
  `  /** ${comment.replaceAll("*/", "* /")} */\n  readonly ${JSON.stringify(name)}${optional}: ${type};`;
