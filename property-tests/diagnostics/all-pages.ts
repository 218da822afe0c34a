import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { compile } from "../../src/compile.ts";
import { optionPage } from "../../src/elaborate/pages/options.ts";
import { problemPages } from "../../src/elaborate/pages.ts";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { fixed, type Page, shortened } from "../../src/syntax/page.ts";
import { report } from "../../src/syntax/report.ts";
import { syntaxPages } from "../../src/syntax/syntax-pages.ts";
import { diagnosticsOf, textOf } from "./sources.ts";

export const allPages: ReadonlyArray<Page> = [...syntaxPages, optionPage, ...problemPages];

/** What is said of the page's wrong program, and of the mended one. */
export const saidOfWrong = (page: Page): ReadonlyArray<Diagnostic> => saidOf(page, page.wrong);
export const saidOfFixed = (page: Page): ReadonlyArray<Diagnostic> => saidOf(page, fixed(page));

const saidOf = ({ set = {}, wrt }: Page, source: string): ReadonlyArray<Diagnostic> =>
  wrt === undefined
    ? diagnosticsOf(source, { statics: set })
    : pipe(
        compile(source, { statics: set, wrt }),
        E.match(
          (errors) => errors,
          ({ warnings }): ReadonlyArray<Diagnostic> => warnings,
        ),
      );

/** The messages as a terminal shows them. */
export const reported = (source: string, diagnostics: ReadonlyArray<Diagnostic>): string =>
  shown(diagnostics.map(report(textOf(source), false)).join("\n\n"));

export const shown = (text: string): string => shortened(160, text);

/** `examples/ERRORS.md`. */
export const errorsPage = (): string => `# What the messages mean

Every message of rnnc has a code; \`rnnc explain CODE\` shows its entry.
${allPages.map(entry).join("")}`;

const given = ({ set, wrt }: Page): string =>
  set === undefined && wrt === undefined ? "" : `\nGiven when compiling: ${JSON.stringify(set ?? { wrt })}\n`;

const entry = (page: Page): string => `
## ${page.code}: ${page.title}

${page.meaning}

\`\`\`
${shown(page.wrong)}\`\`\`
${given(page)}
\`\`\`text
${reported(page.wrong, saidOfWrong(page))}
\`\`\`

Right:

\`\`\`
${shown(fixed(page))}\`\`\`
`;
