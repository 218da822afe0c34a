import { writtenName } from "../problem.ts";
import type { WordingsOf } from "./wording.ts";
import { either, list } from "./words.ts";

/** The wording of problems with shapes, and of equations that cannot be computed. */
export const meaningWordings: WordingsOf<
  | "shapes"
  | "undetermined"
  | "noDefinition"
  | "missingBoundary"
  | "cycle"
  | "pastAndFuture"
  | "notSummed"
  | "ragged"
  | "derivativeBy"
  | "derivativeAxes"
  | "derivativePath"
  | "unsupported"
> = {
  shapes: ({ rule, expected, operands, meant = [] }) => ({
    message: `${rule}${expected === undefined ? "" : ` ${expected}`}: found ${operands.map(({ shape }) => shape).join(" and ")}.`,
    label: operands.length > 1 ? "these do not fit" : "this does not fit",
    others: operands.flatMap(({ span, shape, origins }, i) => {
      // What is one thing and is used as another stands at one place.
      const same = operands.findIndex((other) => other.span === span);
      const used = operands.slice(i + 1).find((other) => other.span === span);
      const text = used === undefined ? `this is ${shape}` : `this is ${shape}, used as ${used.shape}`;
      return [...(same < i ? [] : [{ span, text }]), ...origins];
    }),
    hint: meant.length === 0 ? undefined : `Did you mean ${either(meant)}?`,
  }),
  undetermined: ({ name, found, within }) => ({
    message: `Nothing says what shape \`${name}\` has${found === "" ? "" : ` (known so far: ${found})`}.`,
    label: "shape unknown",
    hint: `State it: \`${writtenName(name, within)} : ${found === "" ? "R[n]" : found.replaceAll("?", "n")}\`.`,
  }),
  noDefinition: ({ name }) => ({
    message: `\`${name}\` has a boundary but no equation.`,
    label: "never defined inside its axis",
  }),
  missingBoundary: ({ name, boundary, written, isSymbol, corner, argument, within }) => {
    const start = `${writtenName(name, within)}0`;
    const learnt = `, or learn it: \`param ${start}\` and \`${written} = ${start}\``;
    return {
      message: `This reads \`${boundary}\`, which has no value.`,
      label: `needs \`${written}\``,
      hint:
        argument !== undefined
          ? keptInside(name, written, argument)
          : corner === undefined
            ? `Add \`${written} = 0\`${isSymbol ? ", the symbol that stands there" : learnt}.`
            : `It stands outside of several axes at once, where no edge reaches that is stated along an axis. Add \`${written} = 0\`, or state an edge with its corners: \`${corner} = 0\`.`,
    };
  },
  cycle: ({ steps }) => ({
    message: "These equations need each other at the same position.",
    label: "the cycle starts here",
    others: steps,
    hint: "Read one of them at an earlier position, as `h[t-1]`.",
  }),
  pastAndFuture: ({ name, axis, steps }) => ({
    message: `\`${name}\` needs values of itself from both sides along \`${axis}\`, so it can be computed in neither order.`,
    label: "can be computed in neither order",
    others: steps,
  }),
  notSummed: ({ axes }) => ({
    message: `A loss term is one number, but this one varies along ${list(axes)}.`,
    label: `varies along ${list(axes)}`,
    hint: `Write \`sum[${axes.join(", ")}](…)\` or \`mean[${axes.join(", ")}](…)\`.`,
  }),
  ragged: ({ axis, outer, length }) => ({
    message: `\`${axis}\` is as long as \`${length}\` says, so its positions need not exist for another \`${outer}\`.`,
    label: `\`${axis}\` without its \`${outer}\``,
    hint: `What is over \`${axis}\` is over \`${outer}\` too: \`x[${outer},${axis}]\`; sum over both, \`sum[${outer},${axis}](…)\`, or over \`${axis}\` first.`,
  }),
  derivativeBy: ({ isTorn = false }) => ({
    message: isTorn
      ? "A derivative is taken by what is read at the same position, or at others, but not by both at once."
      : "A derivative is taken by a variable at an index, or by a parameter.",
    label: isTorn ? "elsewhere along two axes" : "this is a value, not a variable",
    hint: isTorn
      ? "Give it a variable of its own at its bare axes: `g[i,t] = grad(e, h[i,t])`, and read that elsewhere."
      : "Give it a name, `q[t] = …`, use that name in what is differentiated, and differentiate by `q[t]`.",
  }),
  derivativeAxes: ({ by, axes }) => ({
    message: `What is differentiated varies along ${list(axes)}, and what it is differentiated by does not: there is no one derivative.`,
    label: `varies along ${list(axes)}`,
    others: [{ span: by, text: "the same for all of them" }],
    hint: `Differentiate one number: \`sum[${axes.join(", ")}](…)\`.`,
  }),
  derivativePath: ({ axis, at, isDelay }) => ({
    message: `This is a derivative at each position of \`${axis}\`, but what is differentiated depends on ${isDelay ? "earlier or later" : "all"} positions of what it is differentiated by.`,
    label: `looks at one position of \`${axis}\` only`,
    others: at === undefined ? [] : [at],
    hint: `The derivative through all positions is that of one number: \`grad(sum[${axis}](…), …)\`, or of a value at a position.`,
  }),
  unsupported: ({ what, hint }) => ({
    message: `${what} is not supported yet.`,
    label: "not supported yet",
    hint,
  }),
};

/** What a cell is given has a value before its start where the caller gives it one, or under a name of the cell's own. */
const keptInside = (name: string, written: string, argument: string): string => {
  const kept = (text: string): string => `${name}'${text.slice(name.length)}`;
  return `\`${name}\` is an argument. Give it a name of the cell's own, \`${kept(written)} = 0\` and \`${kept(argument)} = ${argument}\`, and read \`${name}'\`; or end the equation that applies the cell with \`with ${written} = 0\`.`;
};
