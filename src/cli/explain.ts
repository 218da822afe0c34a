import * as E from "fp-ts/lib/Either.js";
import { optionPage } from "../elaborate/pages/options.ts";
import { problemPages } from "../elaborate/pages.ts";
import { fixed, type Page, shortened } from "../syntax/page.ts";
import { syntaxPages } from "../syntax/syntax-pages.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc explain [CODE]`: what a code means, or the list of all codes. */
export const explain =
  (terminal: Terminal) =>
  (code: string | undefined, { json }: { readonly json: boolean }): E.Either<Failure, void> => {
    if (code === undefined)
      return E.right(
        terminal.out(
          json
            ? document(pages.map(({ code, title }) => ({ code, title })))
            : pages.map(({ code, title }) => `${code}  ${title}\n`).join(""),
        ),
      );
    const wanted = /^\d+$/.test(code) ? `RNN${code.padStart(3, "0")}` : code.toUpperCase();
    const page = pages.find((candidate) => candidate.code === wanted);
    return page === undefined
      ? E.left(usageError(`There is no code ${code}; \`rnnc explain\` lists them`))
      : E.right(terminal.out(json ? document(answerOf(page)) : show(page)));
  };

const pages: ReadonlyArray<Page> = [...syntaxPages, optionPage, ...problemPages];

/** The programs whole, where people are shown the middle of long lines left out. */
const answerOf = (page: Page) => {
  const { code, title, meaning, wrong, set = {}, wrt = [] } = page;
  return { code, title, meaning, set, wrt, wrong, right: fixed(page) };
};

const show = (page: Page): string =>
  [
    `${page.code}: ${page.title}`,
    wrapped(page.meaning),
    flags(page) === "" ? "Wrong:" : `Wrong with ${flags(page)}:`,
    listing(page.wrong),
    "Right:",
    `${listing(fixed(page))}\n`,
  ].join("\n\n");

const flags = ({ set = {}, wrt = [] }: Page): string =>
  [
    ...Object.entries(set).map(([name, value]) => `--set ${name}=${value}`),
    ...(wrt.length === 0 ? [] : [`--wrt ${wrt.join(",")}`]),
  ].join(" ");

const width = 80;

const wrapped = (text: string): string => text.replaceAll(new RegExp(`(.{1,${width}})(?: |$)`, "g"), "$1\n").trimEnd();

const listing = (source: string): string =>
  shortened(width - 4, source)
    .trimEnd()
    .replaceAll(/^(?=.)/gm, "    ");
