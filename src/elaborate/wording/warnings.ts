import type { WordingsOf } from "./wording.ts";

/** The wording of problems with what was written in vain. */
export const warningWordings: WordingsOf<"unused" | "noResult"> = {
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
