import type { Problem } from "../problem.ts";
import type { WordingsOf } from "./wording.ts";
import { count, list } from "./words.ts";

type Missing = Extract<Problem, { readonly tag: "noComponent" }>;

/** The wording of problems with indices and boundaries. */
export const indexWordings: WordingsOf<
  | "indexCount"
  | "notAnIndex"
  | "unboundIndex"
  | "otherExtent"
  | "badBoundary"
  | "noComponent"
  | "noSymbol"
  | "symbolCounted"
  | "noPosition"
  | "notAPosition"
  | "endlessParameter"
  | "impossible"
> = {
  indexCount: ({ name, expected, found, meant }) => ({
    message: `\`${name}\` takes ${count(expected, "index", "indices")}, but ${found === 0 ? "none" : found} ${found < 2 ? "is" : "are"} given.`,
    label: `expected ${count(expected, "index", "indices")}`,
    hint: meant === undefined ? undefined : `An index stands in brackets: \`${meant}\`.`,
  }),
  notAnIndex: ({ known }) => ({
    message: "An index is an axis plus or minus a whole number known when compiling, or a constant position.",
    label: "not an index",
    hint: known.length === 0 ? "This model declares no axis: `axis t in 1..T`." : `The axes here are ${list(known)}.`,
  }),
  unboundIndex: ({ axis, over, reduced }) => ({
    message: `This varies along \`${axis}\`, which nothing here binds.`,
    label: over.length === 0 ? "the left-hand side has no index" : `the left-hand side is over ${list(over)}`,
    hint:
      reduced === undefined
        ? `Sum over it (\`sum[${axis}](…)\`), or put it on the left-hand side.`
        : `Did you mean \`${reduced}[${axis}](…)\`? If not, put it on the left-hand side.`,
  }),
  otherExtent: ({ axis, own, name }) => ({
    message: `\`${name}\` is over \`${own}\`, which is not as long as \`${axis}\`.`,
    label: `\`${axis}\` has another length`,
  }),
  badBoundary: ({ name }) => ({
    message: `A boundary of \`${name}\` stands outside its axis: at 0, -1, …, T+1, … or \`_\`.`,
    label: "inside the axis",
    hint: "For a value of its own at one position, write `if t == 1 then … else …`.",
  }),
  noComponent: (problem) => ({
    message: `${countedWords(problem)}${problem.size === undefined ? ", but components are counted from 1" : `, but the components are counted from 1 to ${problem.size}`}.`,
    label: "no such component",
    hint: countingHint(problem),
  }),
  noSymbol: ({ symbol, size }) => ({
    message:
      symbol === undefined
        ? `This is a number, where one of ${size} symbols is needed.`
        : `There is no symbol ${symbol}: there are ${size}, numbered from 0 to ${size - 1}.`,
    label: "no such symbol",
    hint: symbol === size ? "Give the variable one symbol more, as in `symbol[V+1]`." : undefined,
  }),
  noPosition: ({ name, axis, least, most, size }) => ({
    message:
      least === undefined
        ? `\`${name}\` is read beyond the positions of \`${axis}\`, whatever its length.`
        : `\`${name}\` is read at the positions ${least} to ${most} of \`${axis}\`, which has 1 to ${size}.`,
    label:
      least === undefined
        ? "outside the axis"
        : least < 1
          ? "begins before the first position"
          : "reaches beyond the last position",
    hint: "A computed position has no boundary: let the axes that it is made of reach only so far.",
  }),
  notAPosition: ({ name }) => ({
    message: `Where \`${name}\` is read is a whole number made of positions, lengths and static numbers, or an input of type \`position[…]\`.`,
    label: "computed from values",
    hint: "For a value's own choice among positions take a weighted sum: `sum[t](a[t] * x[t])`.",
  }),
  endlessParameter: ({ name, axis }) => ({
    message: `\`${name}\` has a value for each position of \`${axis}\`, but how many there are is known at run time alone.`,
    label: `not over \`${axis}\``,
    hint: `Give \`${axis}\` a static size, as in \`axis ${axis} in 1..8\`; or take the first L positions of a table, \`param ${name} : R[L,n]\`, read as \`${name}[${axis}]\`.`,
  }),
  impossible: ({ what, found, expected }) => ({
    message: `${what} is ${expected}, not ${found}.`,
    label: "given here",
  }),
  symbolCounted: ({ name, uses, instead }) => ({
    message: `\`${name}\` is a symbol, and symbols are numbered from 0, but components are counted from 1.`,
    label: `\`${name}\` would mean another component here`,
    others: uses.map((span) => ({ span, text: `\`${name}\` is a symbol here` })),
    hint:
      instead === undefined
        ? "Take the component of a variable that is this symbol, as `E[y[t]]`."
        : `Write \`${instead}\`, which is this symbol, in its place.`,
  }),
};

const countedWords = ({ axis, first, last }: Missing): string => {
  if (axis === undefined) return `This is component ${first}`;
  return last === undefined ? `This begins at component ${first}` : `This counts from ${first} to ${last}`;
};

const countingHint = ({ axis, first, size }: Missing): string | undefined => {
  if (!Number.isInteger(first)) return "A component is counted by a whole number.";
  if (first === 0 && axis === undefined) return "The first component is `1`; symbols alone are numbered from 0.";
  if (first < 1 && axis !== undefined) return `The positions of \`${axis}\` begin at 1.`;
  return size === undefined || axis === undefined ? undefined : `Give \`${axis}\` at most as many positions.`;
};
