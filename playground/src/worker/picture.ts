import { circuitDiagram, foldedCircuit, isLarge } from "../../../src/views/circuit-diagram.ts";
import type { Diagram } from "../../../src/views/diagram/diagram.ts";
import { unfoldedSize } from "../../../src/views/diagram/unfolded-size.ts";
import { diagramText } from "../../../src/views/diagram-text.ts";
import { diagramDot } from "../../../src/views/dot.ts";
import { unfoldedDiagram } from "../../../src/views/unfolded-diagram.ts";
import type { Given, Picture } from "../protocol.ts";
import { opened } from "./opened.ts";

/** A picture of a model. */
export const picture = (given: Given<"picture">): Picture => {
  const diagram = diagramOf(given);
  return { graph: diagramDot(diagram), text: diagramText(diagram) };
};

const diagramOf = ({ of, ...program }: Given<"picture">): Diagram => {
  const {
    compiled: { elaborated, model },
    orders,
  } = opened(program);
  if (of.tag === "circuit") {
    const whole = circuitDiagram(elaborated, { orders });
    return isLarge(whole) ? foldedCircuit(elaborated, { orders }) : whole;
  }
  const names = model.axes.flatMap(({ length }) => (typeof length === "string" ? [length] : []));
  const lengths = Object.fromEntries(names.map((name) => [name, of.length]));
  if (unfoldedSize(elaborated.circuit, lengths) > mostNumbers)
    throw new Error("The unfolded graph is too large to draw: take a smaller length, or smaller sizes.");
  const { inUnits, insideCells } = of;
  const unfolded = unfoldedDiagram(elaborated, { lengths, orders, inUnits, insideCells });
  const widest = largestLayer(unfolded);
  if (widest > mostUnits)
    throw new Error(
      `Each unit is a circle of its own where vectors have at most ${mostUnits} components: here one has ${widest}. Give smaller values under “sizes”.`,
    );
  return unfolded;
};

/** How many units stand in one layer of a picture of units. */
const largestLayer = ({ nodes }: Diagram): number =>
  Math.max(0, ...nodes.map(({ component, title }) => (component === undefined ? 0 : Number(title))));

/** With more, the edges between two layers are a solid mass. */
const mostUnits = 8;

/** So many take some seconds. */
const mostNumbers = 100_000;
