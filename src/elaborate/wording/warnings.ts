import type { WordingsOf } from "./wording.ts";

/** The wording of problems with what compiles, but may not be what was meant. */
export const warningWordings: WordingsOf<"unused" | "noResult" | "constantMatrix" | "beyondAxis" | "derivativeZero"> = {
  unused: ({ name, kind }) => ({
    severity: "warning",
    message: `The ${kind} \`${name}\` influences no output and no loss.`,
    label: "never needed",
  }),
  noResult: ({ name }) => ({
    severity: "warning",
    message: `The model \`${name}\` has no output and no loss.`,
    label: "has no `output`, `~` or `minimize`",
  }),
  derivativeZero: () => ({
    severity: "warning",
    message: "What is differentiated does not depend on what it is differentiated by: this is 0 everywhere.",
    label: "always 0",
  }),
  constantMatrix: ({ name, shape, value }) => ({
    severity: "warning",
    message: `Every element of \`${name}\` starts at ${value}: the \`= ${value}\` at the end of a list is for all that it names.`,
    label: `is a matrix, ${shape}`,
    hint: `If that is meant, declare it apart, as \`param ${name} = ${value}\`; if not, as \`param ${name}\`, which starts at random.`,
  }),
  beyondAxis: ({ name, side, isTrue }) => ({
    severity: "warning",
    message: `${side === "before" ? `The positions of \`${name}\` begin at 1` : `\`${name}\` has no such position`}, so this is ${isTrue ? "always" : "never"} true.`,
    label: `${isTrue ? "always" : "never"} true`,
    hint:
      side === "before"
        ? `What stands before the first position is no case of it, but a boundary: \`h[0] = …\`. The first is \`${name} == 1\`.`
        : `What stands after the last position is no case of it, but a boundary: \`h[_] = …\`.`,
  }),
};
