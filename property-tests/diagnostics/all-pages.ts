import { problemPages } from "../../src/elaborate/pages.ts";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { fixed, type Page, shortened } from "../../src/syntax/page.ts";
import { report } from "../../src/syntax/report.ts";
import { syntaxPages } from "../../src/syntax/syntax-pages.ts";
import { diagnosticsOf, textOf } from "./sources.ts";

export const allPages: ReadonlyArray<Page> = [...syntaxPages, ...problemPages];

/** What is said of the page's wrong program, and of the mended one. */
export const saidOfWrong = ({ wrong, set = {} }: Page): ReadonlyArray<Diagnostic> =>
  diagnosticsOf(wrong, { statics: set });
export const saidOfFixed = (page: Page): ReadonlyArray<Diagnostic> =>
  diagnosticsOf(fixed(page), { statics: page.set ?? {} });

/** The messages as a terminal shows them. */
export const reported = (source: string, diagnostics: ReadonlyArray<Diagnostic>): string =>
  shown(diagnostics.map(report(textOf(source), false)).join("\n\n"));

export const shown = (text: string): string => shortened(160, text);

/** `examples/ERRORS.md`. */
export const errorsPage = (): string => `# What the messages mean

Every message of rnnc has a code; \`rnnc explain CODE\` shows its entry.
${allPages.map(entry).join("")}`;

const entry = (page: Page): string => `
## ${page.code}: ${page.title}

${page.meaning}

\`\`\`
${shown(page.wrong)}\`\`\`
${page.set === undefined ? "" : `\nGiven when compiling: ${JSON.stringify(page.set)}\n`}
\`\`\`text
${reported(page.wrong, saidOfWrong(page))}
\`\`\`

Right:

\`\`\`
${shown(fixed(page))}\`\`\`
`;
