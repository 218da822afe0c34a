import { sameAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { isRagged } from "../../loops/size.ts";
import type { Classified } from "../statements/classify.ts";
import type { StatementId } from "../statements/statement.ts";

/** The results that need no copy, and the values that stand as the caller expects those. */
export interface InPlace {
  readonly uncopied: ReadonlySet<StatementId>;
  readonly direct: ReadonlySet<NodeId>;
}

export const resultsInPlace = (classified: Classified, isAllowed: (output: Output) => boolean): InPlace => {
  const { circuit } = classified;
  const found = circuit.outputs.flatMap((output, i) =>
    output.role !== "update" && isAllowed(output) && standsAsExpected(classified, output)
      ? [{ id: circuit.nodes.length + i, source: sourceOf(circuit, output) }]
      : [],
  );
  return { uncopied: new Set(found.map(({ id }) => id)), direct: new Set(found.map(({ source }) => source)) };
};

/** The value that an output is, or of which it is a slice in one piece. */
export const sourceOf = (circuit: Circuit, { node }: Output): NodeId => {
  const { op, inputs } = nodeAt(circuit, node);
  return op.tag === "slice" && sameAxis(nodeAt(circuit, inputs[0]!).axes[0]!, op.axis) ? inputs[0]! : node;
};

/** Whether an output's value is computed, over all its axes, with nothing between its rows and zeros in its padding. */
const standsAsExpected = ({ circuit, statements, pads, isClean }: Classified, output: Output): boolean => {
  const source = sourceOf(circuit, output);
  const statement = statements.get(source);
  const pad = pads.get(source);
  const dense = statement !== undefined && "node" in statement && statement.axes.length === output.axes.length;
  const padFits = pad === undefined || (dense && sameAxis(pad.axis, statement.axes[0]!));
  return dense && padFits && output.axes.every((axis) => !isRagged(axis) || isClean(output.node, axis));
};
