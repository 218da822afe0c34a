import type { Diagnostic } from "../syntax/diagnostic.ts";
import { pages } from "./pages.ts";
import type { Problem, Within } from "./problem.ts";
import { applicationWordings } from "./wording/applications.ts";
import { indexWordings } from "./wording/indices.ts";
import { meaningWordings } from "./wording/meaning.ts";
import { nameWordings } from "./wording/names.ts";
import { warningWordings } from "./wording/warnings.ts";
import type { Wording, WordingsOf } from "./wording/wording.ts";

/** A problem in words. Its code and title are those of its page. */
export const explain = (problem: Problem): Diagnostic => {
  const wording = wordingOf(problem);
  const { code, title } = pages[problem.tag];
  const { message, label, others = [], hint } = wording;
  const own: Labels = [{ span: problem.span, text: label ?? message }, ...others];
  return {
    code,
    severity: wording.severity ?? "error",
    title,
    message,
    labels: withApplications(own, problem.within ?? []),
    ...(hint === undefined ? {} : { hint }),
  };
};

type Labels = Diagnostic["labels"];

/** Inside a cell of another file the user is first shown their own line: the outermost application. */
const withApplications = (own: Labels, within: Within): Labels => {
  // A cell that applies itself is applied at one place again and again.
  const places = new Map(within.map((application) => [JSON.stringify(application.span), application]));
  const applications = [...places.values()].map(({ cell, span }) => ({ span, text: `\`${cell}\` is applied here` }));
  const outermost = applications.at(-1);
  return outermost === undefined || outermost.span.file === own[0].span.file
    ? [...own, ...applications]
    : [outermost, ...own, ...applications.slice(0, -1)];
};

const wordingOf = (problem: Problem): Wording => wordings[problem.tag](problem as never);

const wordings: WordingsOf<Problem["tag"]> = {
  ...nameWordings,
  ...indexWordings,
  ...applicationWordings,
  ...meaningWordings,
  ...warningWordings,
};
