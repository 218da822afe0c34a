import type { ModelInfo, VariableInfo } from "../runtime/interface.ts";

/** The members of a module's types, each with its shape in its comment. */
export const arrayOf = ({ precision }: ModelInfo): string => (precision === "f32" ? "Float32Array" : "Float64Array");

export const exampleMembers = ({ inputs, targets, noises }: ModelInfo): ReadonlyArray<string> => [
  ...inputs.map((variable) =>
    member(describeVariable(variable), variable.name, nestedType(variable), optionalMark(variable)),
  ),
  ...targets.map((variable) => member(describeVariable(variable), variable.name, targetType(variable), "?")),
  ...noises.map((variable) => member(describeVariable(variable), variable.name, nestedType(variable), "?")),
];

/** What only weighs targets is needed where there is a loss. */
const optionalMark = ({ weighs }: VariableInfo): string => (weighs === true ? "?" : "");

/** The length of an axis on which no data stands is given by name. */
export const lengthMembers = ({ axes }: ModelInfo): ReadonlyArray<string> =>
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

export const stepMembers = ({ inputs, targets, noises, streamable }: ModelInfo): ReadonlyArray<string> =>
  [...inputs, ...targets, ...noises]
    .filter(({ indices }) => indices.includes(`${streamable}`))
    .map((variable) => {
      const element = { ...variable, indices: variable.indices.filter((index) => index !== streamable) };
      const optional = inputs.includes(variable) ? optionalMark(variable) : "?";
      const one = nestedType(element);
      return member(describeVariable(element), variable.name, `${one} | ReadonlyArray<${one}>`, optional);
    });

const nestedType = ({ indices, shape }: VariableInfo): string =>
  [...indices, ...shape].reduce<string>(
    (type, _, level) => (level === 0 ? `Numbers` : `ReadonlyArray<${type}>`),
    "number",
  ) + (indices.length + shape.length > 0 ? " | Shaped" : "");

/** Each value of a target may be missing, and so may all of it. */
const targetType = (variable: VariableInfo): string => {
  const { indices, shape } = variable;
  if (indices.length === 0) return `${nestedType(variable)} | null`;
  const innermost =
    shape.length === 0 ? "NumbersOrNull" : `ReadonlyArray<${nestedType({ ...variable, indices: [] })} | null>`;
  return `${indices.slice(1).reduce((type) => `ReadonlyArray<${type}>`, innermost)} | Shaped | null`;
};

const describeVariable = ({ shape, indices, symbols, truth }: VariableInfo): string =>
  symbols === undefined
    ? `${describe(shape, indices)}${truth === true ? ", 0 or 1" : ""}`
    : `${over(indices)}symbol 0..${symbols - 1}`;

export const describe = (shape: ReadonlyArray<number>, indices: ReadonlyArray<string>): string =>
  `${over(indices)}${shape.length === 0 ? "a number" : `shape [${shape.join(", ")}]`}`;

const over = (indices: ReadonlyArray<string>): string => indices.map((index) => `[${index}] `).join("");

/** A comment ends nowhere but at its end, whatever the names are. */
export const member = (comment: string, name: string, type: string, optional = ""): string =>
  `  /** ${comment.replaceAll("*/", "* /")} */\n  readonly ${JSON.stringify(name)}${optional}: ${type};`;
