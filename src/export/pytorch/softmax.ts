import { type Axis, sameAxis, unionAxes } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { magnitudeIn } from "../../circuit/ranges/relations.ts";
import { asTensor } from "./clean.ts";
import { isPadded } from "./dims.ts";
import { aligned, dimText, expanded, keptInside, laidOf, real } from "./layout.ts";
import type { Path } from "./loops.ts";
import type { Scribe } from "./scribe.ts";
import { callOf, methodOf, type Piece, pythonNumber } from "./text.ts";

/** A value that PyTorch has a function for, of operations that the circuit says one by one. */
export type Recognised = Softmax | { readonly fn: "abs"; readonly of: NodeId; readonly over?: never };

interface Softmax {
  readonly fn: "softmax" | "log_softmax";
  readonly of: NodeId;
  readonly over: Axis;
}

/**
 * The softmaxes of a circuit, and their logarithms: each is its exponent less the greatest, which is taken for a constant.
 * And the magnitudes, each a product with a sign.
 */
export const recognisedIn = (circuit: Circuit, isAbsorbing: (id: NodeId) => boolean): ReadonlyMap<NodeId, Recognised> =>
  new Map(
    circuit.nodes.flatMap((_, id) => {
      const found = recognised(circuit, id);
      const isPlain = found !== undefined && !found.chain.some(isAbsorbing);
      return isPlain ? [[id, found] as const] : [];
    }),
  );

const recognised = (
  circuit: Circuit,
  id: NodeId,
): (Recognised & { readonly chain: ReadonlyArray<NodeId> }) | undefined => {
  const magnitude = magnitudeIn(circuit, id);
  if (magnitude !== undefined) return { fn: "abs", of: magnitude, chain: [id] };
  const of = (fn: string, at: NodeId): Node | undefined => {
    const node = nodeAt(circuit, at);
    return node.op.tag === "map" && node.op.fn === fn ? node : undefined;
  };
  const quotient = of("div", id);
  if (quotient !== undefined) {
    const [top, bottom] = quotient.inputs as readonly [NodeId, NodeId];
    const exponent = of("exp", top)?.inputs[0];
    const centred = exponent === undefined ? undefined : centredOf(circuit, exponent);
    return centred !== undefined && isSumOf(circuit, bottom, top, centred.over)
      ? { fn: "softmax", ...centred, chain: [id, top, exponent!] }
      : undefined;
  }
  const difference = of("sub", id);
  if (difference === undefined) return undefined;
  const [exponent, logarithm] = difference.inputs as readonly [NodeId, NodeId];
  const centred = centredOf(circuit, exponent);
  const total = of("log", logarithm)?.inputs[0];
  const sum = total === undefined ? undefined : nodeAt(circuit, total);
  const [exp] = sum?.inputs ?? [];
  if (centred === undefined || exp === undefined || of("exp", exp)?.inputs[0] !== exponent) return undefined;
  if (centred.over.tag !== "feature" || !isSumOf(circuit, total!, exp, centred.over)) return undefined;
  return { fn: "log_softmax", ...centred, chain: [id, exponent, logarithm, exp] };
};

/** `x - stop(max[j](x))` */
const centredOf = (circuit: Circuit, id: NodeId): { readonly of: NodeId; readonly over: Axis } | undefined => {
  const { op, inputs } = nodeAt(circuit, id);
  if (op.tag !== "map" || op.fn !== "sub") return undefined;
  const held = nodeAt(circuit, inputs[1]!);
  if (held.op.tag !== "map" || held.op.fn !== "stop") return undefined;
  const most = nodeAt(circuit, held.inputs[0]!);
  if (most.op.tag !== "reduce" || most.op.fn !== "max" || most.op.over.length !== 1) return undefined;
  return most.inputs[0] === inputs[0] ? { of: inputs[0]!, over: most.op.over[0]! } : undefined;
};

const isSumOf = (circuit: Circuit, id: NodeId, of: NodeId, over: Axis): boolean => {
  const { op, inputs } = nodeAt(circuit, id);
  return (
    op.tag === "reduce" && op.fn === "sum" && inputs[0] === of && op.over.length === 1 && sameAxis(op.over[0]!, over)
  );
};

export const recognisedPiece = (s: Scribe, id: NodeId, known: Recognised, path: Path): Piece =>
  known.fn === "abs" ? magnitudePiece(s, id, known.of, path) : softmaxPiece(s, id, known, path);

const magnitudePiece = (s: Scribe, id: NodeId, of: NodeId, path: Path): Piece => {
  const laid = laidOf(s, of, path);
  const operand = asTensor({ ...laid, piece: s.kind(id) === "whole" ? laid.piece : real(s, of, laid.piece) });
  const fill = s.padding.fills(id)?.[s.node(id).inputs.indexOf(of)];
  const kept = fill === undefined ? operand : keptInside(s, operand, s.node(id).axes, path, pythonNumber(fill));
  return methodOf(aligned(kept, s.dims(id, path)), "abs");
};

/** Along an axis that is padded, 0 in padding. */
const softmaxPiece = (s: Scribe, id: NodeId, { fn, of, over }: Softmax, path: Path): Piece => {
  const laid = laidOf(s, of, path);
  const operand = { ...laid, piece: real(s, of, laid.piece) };
  const to = s.dims(id, path);
  if (!isPadded(over)) {
    const plain = callOf(`torch.${fn}`, operand.piece.text, dimText(operand.dims, over));
    return expanded(s, { piece: plain, dims: operand.dims }, to);
  }
  const mask = s.inside([over], path)!;
  const dims = unionAxes(operand.dims, mask.dims);
  const masked = callOf(
    s.needs("softmax_inside"),
    aligned(operand, dims).text,
    aligned(mask, dims).text,
    dimText(dims, over),
  );
  return expanded(s, { piece: masked, dims }, to);
};
