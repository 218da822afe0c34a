import { commentText } from "../../emit/c/comment.ts";
import type { CContents } from "./contents.ts";
import { givenKey, type Names } from "./names.ts";
import { dataLeaves } from "./places.ts";
import { type Given, laidOut, typeOf } from "./variables.ts";

/** A field of a struct, and what it is in words. */
export interface Field {
  readonly text: string;
  readonly comment: string;
}

/** No struct of C is empty. */
export const structText = (name: string, fields: ReadonlyArray<Field>): ReadonlyArray<string> => [
  `typedef struct ${name} {`,
  ...(fields.length === 0
    ? ["  char unused;"]
    : fields.map(({ text, comment }) => `  ${text}; /* ${commentText(comment)} */`)),
  `} ${name};`,
  "",
];

export const realType = ({ model }: Pick<CContents, "model">): string =>
  model.precision === "f32" ? "float" : "double";

export const hasFlag = ({ programs }: CContents, target: string): boolean =>
  Object.values(programs).some((program) => dataLeaves(program).some(({ name }) => name === `@given.${target}`));

export const dataField = (contents: CContents, names: Names, given: Given): Field => {
  const { variable, isFlag, axes } = given;
  const layout = laidOut(names, axes, isFlag ? [] : variable.shape);
  const key = isFlag ? givenKey(variable.name) : variable.name;
  return {
    text: `const ${typeOf(given, realType(contents))} *${names.data(key)}`,
    comment: `${layout}, ${isFlag ? `1 where ${variable.name} is given and 0 where it is missing; NULL: all is given` : kindText(given)}`,
  };
};

const kindText = ({ variable }: Given): string => {
  const { name, symbols, positions, truth, noise } = variable;
  const written = variable.indices.length === 0 ? name : `${name}[${variable.indices.join(",")}]`;
  if (symbols !== undefined) return `${written}: symbols from 0 to ${symbols - 1}`;
  if (positions !== undefined) return `${written}: positions from 1 to ${positions}`;
  if (truth === true) return `${written}: 0 or 1`;
  return noise === undefined ? written : `${written}: noise; NULL: its mean, ${noise.mean}`;
};
