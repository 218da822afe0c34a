import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Model } from "../circuit/model.ts";
import { compile } from "../compile.ts";
import { adjointDrawing } from "../views/adjoint-diagram.ts";
import { circuitDiagram, foldedCircuit, isLarge } from "../views/circuit-diagram.ts";
import type { Diagram } from "../views/diagram/diagram.ts";
import { unfoldedSize } from "../views/diagram/unfolded-size.ts";
import { diagramText } from "../views/diagram-text.ts";
import { diagramDot } from "../views/dot.ts";
import { graphicalDiagram, graphicalModelOf, markGiven } from "../views/graphical-model.ts";
import { graphicalText } from "../views/graphical-text.ts";
import type { Orders } from "../views/model-equations.ts";
import { adjointProgram } from "../views/program-text.ts";
import { diagramSvg } from "../views/svg.ts";
import { unfoldedDiagram } from "../views/unfolded-diagram.ts";
import { type Failure, usageError } from "./failure.ts";
import type { Draw, Draws, ShowOptions } from "./show-options.ts";
import { ordersIn } from "./show-texts.ts";

/** What is drawn, what its text says besides, and what is missing in it. */
interface Picture {
  readonly diagram: Diagram;
  readonly report: string;
  readonly missing?: string;
}

type Pictured = (model: Model, options: ShowOptions, orders: Orders) => E.Either<Failure, Picture>;

/** A picture in each format: text, the language of Graphviz, drawn, and as data. */
export const pictured = (picture: Pictured): Draws => {
  const told = (...[opened, options, tell]: Parameters<Draw>) =>
    pipe(
      picture(opened.compiled.elaborated, options, ordersIn(opened)),
      E.tap(({ missing }) => {
        if (missing !== undefined) tell(missing);
        return E.right(undefined);
      }),
    );
  const draw =
    (print: (picture: Picture) => string): Draw =>
    (...given) =>
      pipe(told(...given), E.map(print));
  const drawn: Draw = async (...given) => {
    const found = told(...given);
    return E.isLeft(found) ? found : E.right(await diagramSvg(found.right.diagram));
  };
  return new Map([
    ["text", draw(({ diagram, report }) => `${diagramText(diagram)}${report}`)],
    ["dot", draw(({ diagram }) => diagramDot(diagram))],
    ["svg", drawn],
    ["json", draw(({ diagram }) => `${JSON.stringify(diagram, null, 2)}\n`)],
  ]);
};

/** Of a large model the cells are boxes, unless it is said. */
export const circuitPicture: Pictured = (model, { inside, shapes }, orders) => {
  const whole = circuitDiagram(model, { orders, shapes });
  const isWhole = inside ?? !isLarge(whole);
  return E.right({ diagram: isWhole ? whole : foldedCircuit(model, { orders, shapes }), report: "" });
};

export const unfoldedPicture: Pictured = (model, { length, at, inside, units, fed }, orders) =>
  pipe(
    lengthsOf(model, length),
    E.filterOrElse(
      () => fed === undefined || (model.randoms.length > 0 && !units),
      () =>
        usageError(
          `--fed ${fed}: ${units ? "a network in units draws nothing" : "this model has no random variable (`y[t] ~ …`)"}`,
        ),
    ),
    E.filterOrElse(
      () => at === undefined || model.axes.some(({ key }) => key === at.axis),
      () => usageError(`There is no axis ${at?.axis}; the axes are ${model.axes.map(({ key }) => key).join(", ")}`),
    ),
    E.map((lengths) => ({
      diagram: unfoldedDiagram(model, {
        lengths,
        orders,
        insideCells: inside ?? false,
        inUnits: units,
        ...(at === undefined ? {} : { at }),
        ...(fed === undefined ? {} : { fed }),
      }),
      report: "",
    })),
  );

export const graphicalPicture: Pictured = (model, { length, states, given }, orders) =>
  pipe(
    lengthsOf(model, length),
    E.filterOrElse(
      () => model.randoms.length > 0,
      () => usageError("This model has no random variable (`y[t] ~ …`), and so no graphical model"),
    ),
    E.flatMap((lengths) => {
      const diagram = graphicalDiagram(model, { lengths, states, orders });
      const marginal = graphicalModelOf(graphicalDiagram(model, { lengths, states: false, orders }));
      const graph = graphicalModelOf(diagram);
      const known = graph.variables.map(({ name }) => name);
      const unknown = given.find((name) => !known.includes(name));
      return unknown === undefined
        ? E.right({ diagram: markGiven(diagram, given), report: `\n${graphicalText(graph, marginal, given)}` })
        : E.left(usageError(`There is no ${unknown} in the picture; it has ${known.join(", ")}`));
    }),
  );

/** A length for each that is known at run time only. */
const lengthsOf = (model: Model, given: ShowOptions["length"]): E.Either<Failure, ShowOptions["length"]> => {
  const names = model.axes.flatMap(({ extent }) => (extent.tag === "length" ? [extent.name] : []));
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    return E.left(usageError(`There is no length ${unknown}; the lengths are ${names.join(", ") || "all fixed"}`));
  const lengths = Object.fromEntries(names.map((name) => [name, given[name] ?? usualLength]));
  return unfoldedSize(model.circuit, lengths) > mostNumbers
    ? E.left(
        usageError("The unfolded graph is too large to draw; give a smaller --length, or smaller sizes with --set"),
      )
    : E.right(lengths);
};

const usualLength = 3;

/** How many numbers an unfolded graph may have: so many take about ten seconds. */
const mostNumbers = 500_000;

/** The circuit of the adjoint, by way of its program. */
export const adjointPicture: Pictured = (model, { inside }, orders) => {
  const { text, unwritable, titles } = adjointProgram(model, orders);
  return pipe(
    unwritable.length === 0 ? E.mapLeft(() => "")(compile(text, { names: true })) : E.left(unwritable.join(", ")),
    E.bimap(
      (forms) => usageError(`The language has no form for ${forms || "all of it"} of this adjoint: it comes as text`),
      ({ elaborated }) => {
        const { diagram, isShortened } = adjointDrawing(elaborated, titles, inside);
        return { diagram, report: "", ...(isShortened ? { missing: withoutGradients } : {}) };
      },
    ),
  );
};

const withoutGradients = "The gradients by parameters are left out, which nothing reads; --inside draws them.";
