import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { rewritten } from "../../circuit/rewritten.ts";
import type { Label } from "../../syntax/diagnostic.ts";
import type { Span } from "../../syntax/span.ts";
import { reachable } from "../../transform/active.ts";
import { dropDeadNodes } from "../../transform/dead-nodes.ts";
import { expandGradients } from "../../transform/gradients/expand.ts";
import { type Derivation, derivationsIn, type Obstacle, obstacleOf, pathsOf } from "../../transform/gradients/paths.ts";
import { simplify } from "../../transform/simplify.ts";
import { stableForms } from "../../transform/stable/stable-forms.ts";
import type { Problem } from "../problem.ts";

/**
 * The model with the derivatives of its equations made circuits. Before that they are simplified as a loss is, whose
 * derivative is finite where that of a naive spelling is not.
 */
export const withDerivatives = (model: Model): Model => {
  // Of a derivative that nothing reads no more is left than what it was taken by.
  if (derivationsIn(model.circuit).length === 0)
    return model.circuit.nodes.some(({ op }) => op.tag === "mark") ? rewritten(model, expandGradients.run) : model;
  const { circuit, randoms, besides } = model;
  const expanded = rewritten(model, (written) =>
    // What a derivative does not depend on is nowhere read any more: no model streams along its axes.
    dropDeadNodes.run(expandGradients.run(simplify.reduce((soFar, pass) => pass.run(soFar), stableForms.run(written)))),
  );
  return { ...expanded, written: { circuit, randoms, ...(besides === undefined ? {} : { besides }) } };
};

/** Derivatives position by position of what looks at other positions. */
export const pathProblems = (circuit: Circuit): ReadonlyArray<Problem> =>
  derivationsIn(circuit).flatMap((derivation): ReadonlyArray<Problem> => {
    const obstacle = obstacleOf(circuit, derivation);
    if (obstacle === undefined) return [];
    const at = labelOf(circuit, derivation.what, obstacle);
    const { axis, tag } = obstacle;
    const isDelay = tag === "delays";
    const span = spanOf(circuit, derivation.id);
    return [{ tag: "derivativePath", span, axis: axis.key, isDelay, ...(at === undefined ? {} : { at }) }];
  });

/** A warning for each derivative that is 0 because nothing leads from one to the other, wherever it is written out. */
export const vanishing = (circuit: Circuit): ReadonlyArray<Problem> => {
  const all = derivationsIn(circuit).map((derivation) => ({
    span: spanOf(circuit, derivation.id),
    isZero: !leadsTo(circuit, derivation),
  }));
  return all.flatMap(({ span }): ReadonlyArray<Problem> => {
    const same = all.filter((other) => other.span.file === span.file && other.span.start === span.start);
    return same.every(({ isZero }) => isZero) ? [{ tag: "derivativeZero", span }] : [];
  });
};

/** Whether what is differentiated depends on what it is differentiated by, perhaps through another derivative. */
const leadsTo = (circuit: Circuit, derivation: Derivation): boolean => {
  if (pathsOf(circuit, derivation).size > 0) return true;
  const edges = circuit.nodes.map(({ inputs }) => inputs);
  const reached = reachable([derivation.what], edges);
  return reached.has(derivation.by) && [...reached].some((id) => nodeAt(circuit, id).op.tag === "grad");
};

const spanOf = (circuit: Circuit, id: NodeId): Span => {
  const { op } = nodeAt(circuit, id);
  return op.tag === "grad" ? op.span : { file: "", start: 0, end: 0 };
};

/** The user's variable in which an obstacle stands: the first with a name that is made of it. */
const labelOf = ({ nodes }: Circuit, what: NodeId, { node, axis, tag }: Obstacle): Label | undefined => {
  const made = new Set([node]);
  for (let id = node; id <= what; id++) {
    const { inputs, name, span } = nodes[id]!;
    if (!made.has(id) && !inputs.some((input) => made.has(input))) continue;
    made.add(id);
    if (name === undefined || span === undefined) continue;
    return {
      span,
      text: `\`${name}\` looks ${tag === "delays" ? "back or ahead" : "at more than one position"} along \`${axis.key}\``,
    };
  }
  return undefined;
};
