import { circuitDiagram } from "../../../src/views/circuit-diagram.ts";
import { unfoldedSize } from "../../../src/views/diagram/unfolded-size.ts";
import { diagramDot } from "../../../src/views/dot.ts";
import { unfoldedDiagram } from "../../../src/views/unfolded-diagram.ts";
import type { Given } from "../protocol.ts";
import { opened } from "./opened.ts";

/** A picture of a model in the language of Graphviz. */
export const picture = ({ of, ...program }: Given<"picture">): string => {
  const {
    compiled: { elaborated, model },
    orders,
  } = opened(program);
  if (of.tag === "circuit") return diagramDot(circuitDiagram(elaborated, orders));
  const names = model.axes.flatMap(({ length }) => (typeof length === "string" ? [length] : []));
  const lengths = Object.fromEntries(names.map((name) => [name, of.length]));
  if (unfoldedSize(elaborated.circuit, lengths) > mostNumbers)
    throw new Error("The unfolded graph is too large to draw: take a smaller length, or smaller sizes.");
  const { inUnits, insideCells } = of;
  return diagramDot(unfoldedDiagram(elaborated, { lengths, orders, inUnits, insideCells }));
};

/** So many take some seconds. */
const mostNumbers = 100_000;
