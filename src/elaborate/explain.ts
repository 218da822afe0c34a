import type { Diagnostic, Label } from "../syntax/diagnostic.ts";
import { nearest } from "../syntax/nearest.ts";
import type { Problem } from "./problem.ts";

/** The wording of every problem, with its stable code. */
export const explain = (problem: Problem): Diagnostic => {
  const wording = wordingOf(problem);
  const { code, title, message, label, others = [], hint } = wording;
  const applications = (problem.within ?? []).map(({ cell, span }) => ({ span, text: `\`${cell}\` is applied here` }));
  return {
    code,
    severity: wording.severity ?? "error",
    title,
    message,
    labels: [{ span: problem.span, text: label ?? message }, ...others, ...applications],
    ...(hint === undefined ? {} : { hint }),
  };
};

interface Wording {
  readonly code: string;
  readonly severity?: "warning";
  readonly title: string;
  readonly message: string;
  /** What stands under the first label; the message if nothing. */
  readonly label?: string;
  readonly others?: ReadonlyArray<Label>;
  readonly hint?: string | undefined;
}

type Wordings = { readonly [T in Problem["tag"]]: (problem: Extract<Problem, { readonly tag: T }>) => Wording };

const wordingOf = (problem: Problem): Wording => wordings[problem.tag](problem as never);

const wordings: Wordings = {
  unknownName: ({ name, known }) => ({
    code: "RNN101",
    title: "unknown name",
    message: `\`${name}\` is not defined here.`,
    label: "not defined",
    hint: suggestion(name, known),
  }),
  definedTwice: ({ name, first }) => ({
    code: "RNN102",
    title: "defined twice",
    message: `\`${name}\` is defined twice.`,
    label: "defined again here",
    others: [{ span: first, text: "first defined here" }],
  }),
  noModel: ({ wanted, known }) => ({
    code: "RNN103",
    title: "no such model",
    message: wanted === undefined ? chooseModel(known) : `There is no model \`${wanted}\` in this file.`,
    label: "this file",
    hint: wanted === undefined ? undefined : suggestion(wanted, known),
  }),
  missingImport: ({ name, from, known }) => ({
    code: "RNN104",
    title: "missing import",
    message: `"${from}" has no cell \`${name}\`.`,
    label: "not there",
    hint: suggestion(name, known),
  }),
  unreadableImport: ({ from, reason }) => ({
    code: "RNN105",
    title: "import not readable",
    message: `"${from}" cannot be imported: ${reason}.`,
    label: "imported here",
  }),
  staticMissing: ({ name, owner }) => ({
    code: "RNN106",
    title: "static parameter missing",
    message: `\`${owner}\` needs a value for its static parameter \`${name}\`.`,
    label: "has no default",
    hint: `Give it a default (\`${name} = 32\`), or a value when compiling (\`--set ${name}=32\`) or applying.`,
  }),
  staticUnknown: ({ name, known }) => ({
    code: "RNN107",
    title: "no such static parameter",
    message: `The model has no static parameter \`${name}\`.`,
    label: "the model's parameters",
    hint: suggestion(name, known),
  }),
  notStatic: ({ expected }) => ({
    code: "RNN108",
    title: "not known when compiling",
    message: `${expected} must be known when compiling.`,
    label: "its value is only known at run time",
  }),
  badSize: ({ value }) => ({
    code: "RNN109",
    title: "not a size",
    message: `A size is an integer of at least 1, but this is ${value}.`,
    label: `is ${value}`,
  }),
  tooLarge: ({ what, size, limit }) => ({
    code: "RNN110",
    title: "too large",
    message: `${what} is too large: ${size}, where the limit is ${limit}.`,
    label: `this is ${size}`,
  }),
  indexCount: ({ name, expected, found }) => ({
    code: "RNN111",
    title: "wrong number of indices",
    message: `\`${name}\` has ${count(expected, "index", "indices")}, but ${found === 0 ? "none" : found} stand${found === 1 ? "s" : ""} here.`,
    label: `expected ${count(expected, "index", "indices")}`,
  }),
  notAnIndex: ({ known }) => ({
    code: "RNN112",
    title: "not an index",
    message: "An index is an axis plus or minus a whole number known when compiling, or a constant position.",
    label: "not an index",
    hint: known.length === 0 ? "This model declares no axis: `axis t in 1..T`." : `The axes here are ${list(known)}.`,
  }),
  unboundIndex: ({ axis, over }) => ({
    code: "RNN113",
    title: "unbound index",
    message: `The index \`${axis}\` is bound by nothing here.`,
    label: over.length === 0 ? "the left-hand side has no index" : `the left-hand side is over ${list(over)}`,
    hint: `Sum over it (\`sum[${axis}](…)\`), or put it on the left-hand side.`,
  }),
  otherExtent: ({ axis, own, name }) => ({
    code: "RNN114",
    title: "axes of different lengths",
    message: `\`${name}\` is over \`${own}\`, which is not as long as \`${axis}\`.`,
    label: `\`${axis}\` has another length`,
  }),
  notAValue: ({ name, kind }) => ({
    code: "RNN116",
    title: "not a value",
    message: `\`${name}\` is ${kind}, not a value.`,
    label: `this is ${kind}`,
  }),
  notAFunction: () => ({
    code: "RNN117",
    title: "not a function",
    message: "Only a function or a cell takes arguments.",
    label: "neither a function nor a cell",
  }),
  argumentCount: ({ name, expected, found }) => ({
    code: "RNN118",
    title: "wrong number of arguments",
    message: `\`${name}\` takes ${expected}, but ${found} ${found === 1 ? "is" : "are"} given.`,
    label: `expected ${expected}`,
  }),
  noAxisForCell: ({ cell, letter }) => ({
    code: "RNN119",
    title: "no axis to run along",
    message: `\`${cell}\` runs along an axis (its \`${letter}\`), but nothing here is over an axis.`,
    label: "no axis here",
  }),
  resultCount: ({ expected, found }) => ({
    code: "RNN120",
    title: "wrong number of results",
    message: `The cell has ${count(expected, "result", "results")}, but ${count(found, "name stands", "names stand")} on the left.`,
    label: count(expected, "result", "results"),
  }),
  endlessCell: ({ cell }) => ({
    code: "RNN121",
    title: "endless expansion",
    message: `\`${cell}\` applies itself without end.`,
    label: "expanded again and again",
  }),
  badOverride: ({ name, known }) => ({
    code: "RNN122",
    title: "nothing to override",
    message: `\`${name}\` is no state of the cell applied here.`,
    label: "not a state of the cell",
    hint: known.length === 0 ? "`with` needs a cell on the right of `=`." : `Its states are ${list(known)}.`,
  }),
  badBoundary: ({ name }) => ({
    code: "RNN123",
    title: "not a boundary",
    message: `A boundary of \`${name}\` stands outside its axis: at 0, -1, …, T+1, … or \`_\`.`,
    label: "inside the axis",
    hint: "For a value of its own at one position, write `if t == 1 then … else …`.",
  }),
  badInitialiser: () => ({
    code: "RNN124",
    title: "not an initialiser",
    message:
      "An initialiser is a number, glorot, he, orthogonal, identity, uniform(low, high) or normal(mean, deviation).",
    label: "not an initialiser",
  }),
  badDistribution: ({ known }) => ({
    code: "RNN125",
    title: "not a distribution",
    message: `A distribution is ${list(known)}.`,
    label: "not a distribution",
  }),
  shapes: ({ rule, expected, operands }) => ({
    code: "RNN130",
    title: "shapes do not fit",
    message: `${rule}${expected === undefined ? "" : ` ${expected}`}: found ${operands.map(({ shape }) => shape).join(" and ")}.`,
    label: rule,
    others: operands.flatMap(({ span, shape, origins }) => [{ span, text: `this is ${shape}` }, ...origins]),
  }),
  undetermined: ({ name, found }) => ({
    code: "RNN131",
    title: "undetermined shape",
    message: `Nothing says what shape \`${name}\` has${found === "" ? "" : ` (known so far: ${found})`}.`,
    label: "shape unknown",
    hint: `State it: \`${name} : R[n]\`.`,
  }),
  noDefinition: ({ name }) => ({
    code: "RNN132",
    title: "no equation",
    message: `\`${name}\` has a boundary but no equation.`,
    label: "never defined inside its axis",
  }),
  missingBoundary: ({ name, boundary }) => ({
    code: "RNN133",
    title: "missing boundary",
    message: `This reads \`${boundary}\`, which has no value.`,
    label: `needs \`${boundary}\``,
    hint: `Add \`${boundary} = 0\`, or learn it: \`param ${name}0\` and \`${boundary} = ${name}0\`.`,
  }),
  cycle: ({ steps }) => ({
    code: "RNN134",
    title: "cycle without a delay",
    message: "These equations need each other at the same position.",
    label: "the cycle starts here",
    others: steps,
    hint: "Read one of them at an earlier position, as `h[t-1]`.",
  }),
  pastAndFuture: ({ name, axis, steps }) => ({
    code: "RNN135",
    title: "needs both its past and its future",
    message: `\`${name}\` needs values of itself from both sides along \`${axis}\`, so it can be computed in neither order.`,
    label: "can be computed in neither order",
    others: steps,
  }),
  notSummed: ({ axes }) => ({
    code: "RNN136",
    title: "a loss over an axis",
    message: `A loss term is one number, but this one varies along ${list(axes)}.`,
    label: `varies along ${list(axes)}`,
    hint: `Write \`sum[${axes.join(", ")}](…)\` or \`mean[${axes.join(", ")}](…)\`.`,
  }),
  unsupported: ({ what }) => ({
    code: "RNN190",
    title: "not supported yet",
    message: `${what} is not supported yet.`,
    label: "not supported yet",
  }),
  unused: ({ name, kind }) => ({
    code: "RNN150",
    severity: "warning",
    title: "unused",
    message: `The ${kind} \`${name}\` influences no output and no loss.`,
    label: "never needed",
  }),
  noResult: ({ name }) => ({
    code: "RNN151",
    severity: "warning",
    title: "nothing to compute",
    message: `The model \`${name}\` has no output and no loss.`,
    label: "has no `output`, `~` or `minimize`",
  }),
};

const chooseModel = (known: ReadonlyArray<string>): string =>
  known.length === 0 ? "This file has no model." : `This file has several models: ${list(known)}. Choose one of them.`;

const suggestion = (name: string, known: ReadonlyArray<string>): string | undefined => {
  const found = nearest(name, known);
  return found === undefined ? undefined : `Did you mean \`${found}\`?`;
};

const count = (n: number, one: string, many: string): string => `${n === 0 ? "no" : n} ${n === 1 ? one : many}`;

const list = (names: ReadonlyArray<string>): string => {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
};
