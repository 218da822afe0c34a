import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../../src/check/random-example.ts";
import { flowOf, type Subject } from "../../../src/flow/flow.ts";
import type { Row } from "../../../src/flow/picture/row.ts";
import { rowsOf } from "../../../src/flow/picture/rows.ts";
import { subjectsOf } from "../../../src/flow/subjects.ts";
import type { Panel } from "../../../src/views/chart/panel.ts";
import { type Html, h, text } from "../../../src/views/page/html.ts";
import type { Part } from "../lecture.ts";
import { compiledProgram } from "../programs.ts";
import { panelsHtml } from "./panels.ts";

interface FlowOptions {
  readonly length: number;
  /** Whose flow; by default of each state by itself. */
  readonly of?: ReadonlyArray<ReadonlyArray<string>>;
  /** Which panels of which row are shown; by default those of the first. */
  readonly pick?: (rows: ReadonlyArray<Row>) => ReadonlyArray<Panel>;
  readonly caption?: string;
  readonly isWide?: boolean;
}

/** What flows through time, with parameters as seed 1 draws them, on a random example (`rnnc flow FILE`). */
export const flow = ({ length, of, pick = ofFirst, caption = "", isWide = false }: FlowOptions): Part => ({
  how: "computed",
  isWide,
  html: (program) => {
    const compiled = compiledProgram(program, { precision: "f64" });
    const example = randomExample(compiled.model, xoroshiro128plus(1), { least: length, greatest: length });
    const subjects = subjectsOf(compiled.elaborated, of) as { readonly right: ReadonlyArray<Subject> };
    const measured = flowOf(compiled.elaborated, subjects.right)(compiled.init(1), example);
    const rows = rowsOf({ model: compiled.model.name, about: "", flows: [{ when: "", flow: measured }] });
    return (pick === termsOnly ? "" : notes(rows[0]!)) + withoutTitles(panelsHtml(pick(rows), caption));
  },
});

const ofFirst = (rows: ReadonlyArray<Row>): ReadonlyArray<Panel> => rows[0]!.panels.slice(0, 2);

/** The heat map of a state's norms alone. */
export const mapOnly = (rows: ReadonlyArray<Row>): ReadonlyArray<Panel> => rows[0]!.panels.slice(0, 1);

/** The terms of the double sum over both positions. */
export const termsOnly = (rows: ReadonlyArray<Row>): ReadonlyArray<Panel> =>
  rows.filter(({ heading }) => heading.startsWith("Terms")).flatMap(({ panels }) => panels);

const notes = ({ notes: told }: Row): Html => told.map((each) => h("p", { class: "soft" }, text(each))).join("");

/** What a square says when it is pointed at would be most of the page. */
const withoutTitles = (html: Html): Html => html.replaceAll(/<title>[^<]*<\/title>/g, "");
