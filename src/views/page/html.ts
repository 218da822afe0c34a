import { escaped } from "../svg-elements.ts";

/** A piece of a page: what stands in it from elsewhere was escaped where it was made. */
export type Html = string;

type Attributes = Readonly<Record<string, string | number>>;

/** An element of a page around pieces of it. */
export const h = (name: string, attributes: Attributes, ...inner: ReadonlyArray<Html>): Html =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(`${value}`)}"`)
    .join("")}>${inner.join("")}</${name}>`;

/** What anybody wrote, as it stands: signs that are not seen or turn the direction of writing are shown by their numbers. */
export const text = (written: string): Html =>
  escaped(
    written.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (sign) =>
      sign === "\n" || sign === "\t" || sign === "\u200d" ? sign : `‹${sign.codePointAt(0)!.toString(16)}›`,
    ),
  );

export const paragraph = (written: string): Html => h("p", { class: "soft" }, text(written));

export const section = (heading: string, ...inner: ReadonlyArray<Html>): Html =>
  h("section", {}, h("h2", {}, text(heading)), ...inner);

/** A head and lines of texts; the first column says what a line is of. */
export const table = (rows: ReadonlyArray<ReadonlyArray<string>>, cell: Cell = plain): Html => {
  const [head = [], ...lines] = rows;
  return h(
    "div",
    { class: "wide" },
    h(
      "table",
      {},
      h("tr", {}, ...head.map((word) => h("th", {}, text(word)))),
      ...lines.map((line, i) => h("tr", {}, ...line.map((word, k) => cell(word, i, k)))),
    ),
  );
};

/** What a cell of a table becomes, by its line and column from 0. */
type Cell = (word: string, line: number, column: number) => Html;

const plain: Cell = (word) => h("td", {}, text(word));

/** What is opened by a click. */
export const folded = (summary: string, ...inner: ReadonlyArray<Html>): Html =>
  h("details", {}, h("summary", {}, text(summary)), ...inner);
