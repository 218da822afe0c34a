import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { Problem } from "./problem.ts";
import { applicationWordings } from "./wording/applications.ts";
import { indexWordings } from "./wording/indices.ts";
import { meaningWordings } from "./wording/meaning.ts";
import { nameWordings } from "./wording/names.ts";
import { warningWordings } from "./wording/warnings.ts";
import type { Wording, WordingsOf } from "./wording/wording.ts";

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

const wordingOf = (problem: Problem): Wording => wordings[problem.tag](problem as never);

const wordings: WordingsOf<Problem["tag"]> = {
  ...nameWordings,
  ...indexWordings,
  ...applicationWordings,
  ...meaningWordings,
  ...warningWordings,
};
