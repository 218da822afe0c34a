import { createHash } from "node:crypto";
import { hashOf } from "../../playground/src/link.ts";
import { type Program, staticsText } from "../../playground/src/program.ts";
import { equationTable } from "../../src/views/mathml/html.ts";
import { folded, type Html, h, paragraph, text } from "../../src/views/page/html.ts";
import { pageOf } from "../../src/views/page/page.ts";
import type { Chapter, Exhibit, Figure, Lecture, Part } from "./lecture.ts";
import { isBroad } from "./parts/pictures.ts";
import { script } from "./script.ts";
import { lectureStyle } from "./style.ts";

/** A lecture as one page that needs no network; `playground` is where its links lead. */
export const lecturePage = async (lecture: Lecture, playground: string): Promise<string> => {
  const chapters: Html[] = [];
  for (const chapter of lecture.chapters) chapters.push(await chapterHtml(chapter, playground));
  const body = chapters.join("\n");
  const isDragged = body.includes('class="steps"');
  return pageOf(
    `${lecture.title}: taught live`,
    lectureStyle,
    [
      h("h1", {}, text(lecture.title)),
      paragraph(`Deck ${lecture.deck}: ${lecture.by}`),
      ...lecture.words.map((words) => h("p", {}, text(words))),
      contents(lecture),
      body,
      h("footer", {}, ...footer(playground).map((words) => h("p", {}, text(words)))),
      ...(isDragged ? [`<script>${script}</script>`] : []),
    ],
    isDragged ? [`'sha256-${createHash("sha256").update(script).digest("base64")}'`] : [],
  );
};

const footer = (playground: string): ReadonlyArray<string> => [
  `Made by npm run lectures. "Open in the playground" leads to ${playground}, which npm run build:playground makes: the address holds the whole program, so it can be changed there, trained and sent on.`,
];

const contents = ({ chapters }: Lecture): Html =>
  h(
    "nav",
    { "aria-label": "Contents" },
    ...chapters.map(({ title, figures }) =>
      h(
        "div",
        {},
        h("b", {}, text(title)),
        h(
          "ul",
          {},
          ...figures.map(({ name, title: called }) => h("li", {}, h("a", { href: `#${name}` }, text(called)))),
        ),
      ),
    ),
  );

const chapterHtml = async ({ title, figures }: Chapter, playground: string): Promise<Html> => {
  const all: Html[] = [];
  for (const figure of figures) all.push(await figureHtml(figure, playground));
  return h("section", {}, h("h2", {}, text(title)), ...all);
};

const figureHtml = async (figure: Figure, playground: string): Promise<Html> => {
  const { name, title, slide, rows, words, formulas, exhibits, isRoomy = false, together = [], found = [] } = figure;
  const isSeveral = exhibits.length > 1 && !isRoomy;
  const isShared = isSeveral && new Set(exhibits.map(({ program }) => program.source)).size === 1;
  const shown: Html[] = [];
  for (const [i, exhibit] of exhibits.entries()) {
    const isKnown = exhibits.slice(0, i).some(({ program }) => program.source === exhibit.program.source);
    shown.push(await exhibitHtml(exhibit, playground, isShared ? "above" : isKnown ? "before" : "here"));
  }
  return h(
    "article",
    { id: name, "data-rows": rows.join(" ") },
    h("h3", {}, text(title)),
    h("p", { class: "soft" }, text(`Slide: ${slide} · catalogue ${rows.join(", ")}`)),
    ...words.map((each) => h("p", {}, text(each))),
    formulas === undefined
      ? ""
      : h("div", { class: "slide" }, h("h4", {}, text("On the slide")), equationTable(formulas)),
    isShared ? sourceHtml(exhibits[0]!.program) : "",
    h("div", { class: `exhibits${isSeveral ? " several" : ""}${isShared ? " shared" : ""}` }, ...shown),
    together.length === 0 ? "" : await partsHtml(together, exhibits[0]!.program),
    ...found.map((each) => h("p", { class: "found" }, text(each))),
  );
};

/** Where a program is shown: above all exhibits of a figure, if it is the program of all; else it is not shown twice. */
type Shown = "above" | "before" | "here";

const exhibitHtml = async (exhibit: Exhibit, playground: string, where: Shown): Promise<Html> => {
  const { caption, program, parts } = exhibit;
  const made: Array<{ readonly html: Html; readonly isWide: boolean }> = [];
  for (const { html, isWide = false } of parts) {
    const part = await html(program);
    made.push({ html: part, isWide: isWide || isBroad(part) });
  }
  const [wide, narrow] = [true, false].map((isAsked) =>
    made.flatMap(({ html, isWide }) => (isWide === isAsked ? [html] : [])),
  );
  const shown = h(
    "div",
    {},
    programHtml(program, where),
    h("p", { class: "open" }, h("a", { href: `${playground}${await linkOf(exhibit)}` }, "Open in the playground")),
  );
  return h(
    "div",
    { class: "exhibit" },
    caption === undefined ? "" : h("h4", {}, text(caption)),
    narrow!.length === 0 || where === "above"
      ? [shown, ...narrow!].join("")
      : h("div", { class: "beside" }, shown, h("div", {}, ...narrow!)),
    ...wide!,
  );
};

/** What is longer is opened by a click. */
const longest = 16;

const programHtml = (program: Program, where: Shown): Html => {
  const { statics } = program;
  const shown =
    where === "above" ? "" : where === "before" ? folded("The same program", preHtml(program)) : sourceHtml(program);
  return [
    shown,
    ...(Object.keys(statics).length === 0 ? [] : [h("p", { class: "soft" }, text(`with ${staticsText(statics)}`))]),
  ].join("");
};

const sourceHtml = (program: Program): Html => {
  const lines = program.source.split("\n").length;
  return lines > longest ? folded(`The program (${lines} lines)`, preHtml(program)) : preHtml(program);
};

const preHtml = ({ source }: Program): Html => h("pre", { class: "program" }, ...source.split("\n").map(lineHtml));

/** A line that is too long goes on further in; what is read between the lines stays as it was written. */
const lineHtml = (line: string, i: number, { length }: ReadonlyArray<string>): Html =>
  h("span", {}, text(i === length - 1 ? line : `${line}\n`));

const partsHtml = async (parts: ReadonlyArray<Part>, program: Program): Promise<Html> => {
  const made: Html[] = [];
  for (const part of parts) made.push(await part.html(program));
  return made.join("");
};

/** All that the playground needs to open an exhibit. */
export const linkOf = ({ program, opens = {} }: Exhibit): Promise<string> => {
  const { data, ...others } = opens;
  return hashOf({
    ...program,
    ...others,
    ...(data === undefined ? {} : { data: data.map((each) => `${JSON.stringify(each)}\n`).join("") }),
  });
};
