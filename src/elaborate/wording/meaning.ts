import { writtenName } from "../problem.ts";
import type { WordingsOf } from "./wording.ts";
import { list } from "./words.ts";

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
  | "unsupported"
> = {
  shapes: ({ rule, expected, operands }) => ({
    code: "RNN130",
    title: "shapes do not fit",
    message: `${rule}${expected === undefined ? "" : ` ${expected}`}: found ${operands.map(({ shape }) => shape).join(" and ")}.`,
    label: operands.length > 1 ? "these do not fit" : "this does not fit",
    others: operands.flatMap(({ span, shape, origins }, i) => {
      // What is one thing and is used as another stands at one place.
      const same = operands.findIndex((other) => other.span === span);
      const used = operands.slice(i + 1).find((other) => other.span === span);
      const text = used === undefined ? `this is ${shape}` : `this is ${shape}, used as ${used.shape}`;
      return [...(same < i ? [] : [{ span, text }]), ...origins];
    }),
  }),
  undetermined: ({ name, found, within }) => ({
    code: "RNN131",
    title: "undetermined shape",
    message: `Nothing says what shape \`${name}\` has${found === "" ? "" : ` (known so far: ${found})`}.`,
    label: "shape unknown",
    hint: `State it: \`${writtenName(name, within)} : ${found === "" ? "R[n]" : found.replaceAll("?", "n")}\`.`,
  }),
  noDefinition: ({ name }) => ({
    code: "RNN132",
    title: "no equation",
    message: `\`${name}\` has a boundary but no equation.`,
    label: "never defined inside its axis",
  }),
  missingBoundary: ({ name, boundary, written, isSymbol, corner, within }) => {
    const start = `${writtenName(name, within)}0`;
    const learnt = `, or learn it: \`param ${start}\` and \`${written} = ${start}\``;
    return {
      code: "RNN133",
      title: "missing boundary",
      message: `This reads \`${boundary}\`, which has no value.`,
      label: `needs \`${written}\``,
      hint:
        corner === undefined
          ? `Add \`${written} = 0\`${isSymbol ? ", the symbol that stands there" : learnt}.`
          : `It stands outside of several axes at once, where no edge reaches that is stated along an axis. Add \`${written} = 0\`, or state an edge with its corners: \`${corner} = 0\`.`,
    };
  },
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
  ragged: ({ axis, outer, length }) => ({
    code: "RNN137",
    title: "a ragged axis alone",
    message: `\`${axis}\` is as long as \`${length}\` says, so its positions need not exist for another \`${outer}\`.`,
    label: `\`${axis}\` without its \`${outer}\``,
    hint: `What is over \`${axis}\` is over \`${outer}\` too: \`x[${outer},${axis}]\`; sum over both, \`sum[${outer},${axis}](…)\`, or over \`${axis}\` first.`,
  }),
  unsupported: ({ what, hint }) => ({
    code: "RNN190",
    title: "not supported yet",
    message: `${what} is not supported yet.`,
    label: "not supported yet",
    hint,
  }),
};
