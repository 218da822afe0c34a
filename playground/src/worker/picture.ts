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
  return unfoldedDiagram(elaborated, { lengths, orders, inUnits, insideCells });
};

/** So many take some seconds. */
const mostNumbers = 100_000;
