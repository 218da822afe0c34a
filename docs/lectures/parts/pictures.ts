import { adjointDiagram } from "../../../src/views/adjoint-diagram.ts";
import { circuitDiagram, foldedCircuit, isLarge } from "../../../src/views/circuit-diagram.ts";
import type { Diagram } from "../../../src/views/diagram/diagram.ts";
import { diagramDot } from "../../../src/views/dot.ts";
import { graphicalDiagram } from "../../../src/views/graphical-model.ts";
import { type Html, h, text } from "../../../src/views/page/html.ts";
import { adjointProgram } from "../../../src/views/program-text.ts";
import { dotSvg } from "../../../src/views/svg.ts";
import { type UnfoldedOptions, unfoldedDiagram } from "../../../src/views/unfolded-diagram.ts";
import type { Part } from "../lecture.ts";
import { compiledProgram, type Subject, subjectOf } from "../programs.ts";

/** The circuit, a black square for each delay. */
export const circuit = (caption: Caption = circuitCaption): Part =>
  picture(caption, ({ model, orders }) => {
    const whole = circuitDiagram(model, { orders });
    return isLarge(whole) ? foldedCircuit(model, { orders }) : whole;
  });

type Caption = string | ((subject: Subject) => string);

/** A square on a way that is walked backwards holds what comes next. */
const circuitCaption = ({ model }: Subject): string =>
  model.circuit.nodes.some(({ op }) => op.tag === "delay" && op.by < 0)
    ? "The circuit: a black square holds what is read a step back (-1), or ahead (+1)."
    : "The circuit: a black square is a delay of one step.";

/** The same with what stands in its cells. */
export const wholeCircuit = (caption: string): Part =>
  picture(caption, ({ model, orders }) => circuitDiagram(model, { orders }), true);

type Unfolding = Partial<UnfoldedOptions> & Pick<UnfoldedOptions, "lengths">;

/** The circuit unfolded in time. */
export const unfolded = (options: Unfolding, caption = unfoldedCaption(options)): Part =>
  picture(
    caption,
    ({ model, orders }) => unfoldedDiagram(model, { insideCells: false, inUnits: false, orders, ...options }),
    options.fed === "both" || options.inUnits === true,
  );

const unfoldedCaption = ({ lengths }: Unfolding): string =>
  `Unfolded for ${Object.entries(lengths)
    .map(([name, length]) => `${name} = ${length}`)
    .join(", ")}.`;

/** The random variables, and what depends on what. */
export const graphical = (lengths: UnfoldedOptions["lengths"], states: boolean, caption: string): Part =>
  picture(caption, ({ model, orders }) => graphicalDiagram(model, { lengths, states, orders }));

/** Backpropagation as a circuit. */
export const adjointCircuit = (caption: string): Part =>
  picture(caption, ({ model, orders }) => {
    const { text: source, titles } = adjointProgram(model, orders);
    return adjointDiagram(compiledProgram({ source, statics: {} }, { names: true }).elaborated, titles);
  });

const picture = (caption: Caption, draw: (subject: Subject) => Diagram, isWide = false): Part => ({
  how: "drawn",
  isWide,
  html: async (program) => {
    const subject = subjectOf(program);
    const told = typeof caption === "string" ? caption : caption(subject);
    return h("figure", { class: "drawing" }, inPage(await dotSvg(diagramDot(draw(subject)))), captioned(told));
  },
});

/** Whether a picture's letters would be too small in a column beside its program. */
export const isBroad = (html: Html): boolean =>
  Number(/<figure class="drawing"><svg[^>]*? width="(\d+)"/.exec(html)?.[1] ?? 0) > broadest;

const broadest = 800;

const captioned = (caption: string): string => (caption === "" ? "" : h("figcaption", {}, text(caption)));

/** Without what is for a file of its own: names within a page would stand for several things. */
const inPage = (svg: string): string =>
  svg
    .slice(svg.indexOf("<svg"))
    .replaceAll(/<!--[\s\S]*?-->\n?/g, "")
    .replaceAll(/<title>[\s\S]*?<\/title>\n?/g, "")
    .replaceAll(/ id="[^"]*"/g, "")
    .replaceAll(/ (xmlns:xlink|class|font-family)="[^"]*"/g, "")
    .replace(
      /(<svg[^>]*?) width="([\d.]+)pt" height="([\d.]+)pt"/,
      (_, start: string, width: string, height: string) =>
        `${start} width="${Math.round(Number(width))}" height="${Math.round(Number(height))}"`,
    )
    .replace("<svg", '<svg role="img"')
    .trim();
