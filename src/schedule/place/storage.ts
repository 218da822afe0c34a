import { type Axis, hasAxis, sameAxis, sortAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId, Output } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import type { Buffer, BufferId, Slot } from "../../loops/loops.ts";
import { extentOf, fixed, isRagged, type LengthNames, type Size, times } from "../../loops/size.ts";
import { type Dependence, isAligned } from "../order/dependence.ts";
import type { Group, Loops } from "../order/nest.ts";
import type { Uses } from "../order/sinking.ts";
import { type Classified, updatedLeaf } from "../statements/classify.ts";
import { canGuard } from "../statements/clean.ts";
import type { Share } from "../statements/shares.ts";
import type { Pad, Statement, StatementId } from "../statements/statement.ts";
import { passAxisFirst } from "../statements/sum-order.ts";
import { lookedUpOutside } from "./axis-order.ts";
import { type Path, pathsOf } from "./paths.ts";

/** Where each value stands: in a buffer over these axes (outermost first), or only in a local of its loop body. */
export interface Storage {
  readonly buffers: ReadonlyArray<Buffer>;
  readonly leaves: ReadonlyArray<Slot>;
  readonly results: ReadonlyArray<Slot & { readonly role: Output["role"] }>;
  readonly placeOf: (node: NodeId) => BufferPlace | undefined;
  /** The place of a result that is copied; undefined where the value's own buffer serves. */
  readonly resultPlaceOf: (statement: StatementId) => BufferPlace | undefined;
}

export interface BufferPlace {
  readonly buffer: BufferId;
  /** Each storage axis with its stride. */
  readonly strides: ReadonlyArray<{ readonly axis: Axis; readonly stride: Size }>;
  /** Where in the buffer its first element stands. */
  readonly start: number;
  /** The extent of one row before the first position, for the pad. */
  readonly padAxis: Axis | undefined;
}

/** Where values stand, where there is a choice. */
export interface Keeping {
  /** Whether a value that is used so needs no buffer. */
  readonly staysInBody: typeof staysInBody;
  /** The axes that a buffer need not have. */
  readonly droppable: typeof droppable;
  /** Whether a result may stand where its value is computed. */
  readonly isResultInPlace: (output: Output) => boolean;
}

export const store = (
  classified: Classified,
  lengths: LengthNames,
  loops: ReadonlyArray<Loops>,
  { consumersOf }: Uses,
  { staysInBody, droppable, isResultInPlace }: Keeping,
): Storage => {
  const { circuit, statements, pads, shares, sums } = classified;
  const extent = extentOf(lengths);
  const buffers: Buffer[] = [];
  const places = new Map<NodeId, BufferPlace>();
  const resultPlaces = new Map<StatementId, BufferPlace>();
  const paths = pathsOf(loops);
  const inOrderOfUse = lookedUpOutside(circuit, statements);

  const turnByTurn = passAxisFirst(sums);
  const allocate = (name: string, axes: ReadonlyArray<Axis>, pad: Pad | undefined): BufferPlace => {
    const sizes = axes.map(extent);
    const strides = axes.map((axis, i) => ({ axis, stride: sizes.slice(i + 1).reduce(times, fixed(1)) }));
    buffers.push({
      name,
      rows: sizes[0] ?? fixed(1),
      front: pad?.front ?? 0,
      back: pad?.back ?? 0,
      rowSize: strides[0]?.stride ?? fixed(1),
    });
    return { buffer: buffers.length - 1, strides, start: 0, padAxis: pad?.axis };
  };

  /** A part of a concatenation stands where the whole does, which is given a place with the first of its parts. */
  const placeShare = (id: NodeId, { whole, from }: Share, axesOfWhole: () => ReadonlyArray<Axis>): BufferPlace => {
    const { op, name } = nodeAt(circuit, whole);
    if (op.tag !== "concat") throw new CompilerFault("schedule", `node ${whole} has parts, but is ${op.tag}`);
    const place = places.get(whole) ?? allocate(name ?? `v${whole}`, axesOfWhole(), undefined);
    places.set(whole, place);
    const own = nodeAt(circuit, id).axes.find((axis) => axis.tag === "feature" && axis.slot === op.axis.slot)!;
    const { stride } = place.strides.find(({ axis }) => sameAxis(axis, op.axis))!;
    return {
      ...place,
      strides: place.strides.map((each) => (sameAxis(each.axis, op.axis) ? { axis: own, stride } : each)),
      start: from * stride.factor,
    };
  };

  // What has components alone comes first: it stays where it is when the sizes of a batch change.
  const isSteady = (id: NodeId): boolean => nodeAt(circuit, id).axes.every((axis) => axis.tag === "feature");
  const inOrder = [...classified.live].sort((a, b) => Number(isSteady(b)) - Number(isSteady(a)) || a - b);
  const leaves = inOrder.flatMap((id): ReadonlyArray<Slot> => {
    const { op, axes } = nodeAt(circuit, id);
    if (op.tag !== "parameter" && op.tag !== "input") return [];
    const name = op.tag === "parameter" ? op.path : op.name;
    const share = shares.get(id);
    const place =
      share === undefined
        ? allocate(name, axes, pads.get(id))
        : placeShare(id, share, () => nodeAt(circuit, share.whole).axes);
    places.set(id, place);
    return [{ kind: op.tag, name, buffer: place.buffer, start: place.start, axes: slotAxes(axes, extent) }];
  });

  /** An output whose value already stands as the caller expects it needs no copy. */
  const direct = new Set<NodeId>();
  const uncopied = new Set<StatementId>();
  /** The value that an output is, or of which it is a slice in one piece. */
  const sourceOf = ({ node }: Output): NodeId => {
    const { op, inputs } = nodeAt(circuit, node);
    return op.tag === "slice" && sameAxis(nodeAt(circuit, inputs[0]!).axes[0]!, op.axis) ? inputs[0]! : node;
  };
  circuit.outputs.forEach((output, i) => {
    const source = sourceOf(output);
    const statement = statements.get(source);
    const pad = pads.get(source);
    const dense = statement !== undefined && "node" in statement && statement.axes.length === output.axes.length;
    const padFits = pad === undefined || (dense && sameAxis(pad.axis, statement.axes[0]!));
    const clean = output.axes.every((axis) => !isRagged(axis) || classified.isClean(output.node, axis));
    if (!dense || !padFits || !clean || output.role === "update" || !isResultInPlace(output)) return;
    direct.add(source);
    uncopied.add(circuit.nodes.length + i);
  });

  /** The axes that the buffer of a value has, once those are dropped that all its uses share. */
  const keptAxes = (statement: Statement): ReadonlyArray<Axis> => {
    const uses = usesOf(statement).map(({ by, dependence }) => [paths.get(by) ?? [], dependence] as const);
    const path = paths.get(statement.id) ?? [];
    const dropped = droppable(statement, path, uses).filter((axis) => !isBoundedApart(statement, path, axis));
    return withoutAxes(statement.axes, dropped);
  };
  /** Whether its boundary differs from turn to turn of a loop along an axis, and is written outside of that loop: for all turns. */
  const isBoundedApart = ({ id }: Statement, path: Path, axis: Axis): boolean => {
    const pad = pads.get(id);
    const values = [pad?.frontValue, pad?.backValue].filter((value) => value !== undefined);
    if (!values.some((value) => hasAxis(nodeAt(circuit, value).axes, axis))) return false;
    const turn = path.find(({ axes }) => hasAxis(axes, axis));
    return !(paths.get(classified.boundaryOf(id)) ?? []).some(({ scope }) => scope === turn?.scope);
  };
  const usesOf = ({ id }: Statement) => consumersOf(id).filter(({ by }) => !uncopied.has(by));
  for (const statement of statements.values()) {
    if (!("node" in statement)) continue;
    const share = shares.get(statement.node);
    if (share !== undefined) {
      const kept = (): ReadonlyArray<Axis> => {
        const parts = nodeAt(circuit, share.whole).inputs.flatMap((part) => keptAxes(statements.get(part)!));
        const isKept = (axis: Axis) => axis.tag === "feature" || hasAxis(parts, axis);
        return inOrderOfUse(share.whole, turnByTurn(nodeAt(circuit, share.whole).axes.filter(isKept)));
      };
      places.set(statement.node, placeShare(statement.node, share, kept));
      continue;
    }
    const uses = usesOf(statement);
    const path = paths.get(statement.id) ?? [];
    const pad = pads.get(statement.node);
    const isLocal =
      pad === undefined &&
      !direct.has(statement.node) &&
      uses.every(({ by, dependence }) => staysInBody(statement, path, paths.get(by) ?? [], dependence));
    if (isLocal) continue;
    const kept = direct.has(statement.node) ? statement.axes : keptAxes(statement);
    const axes = pad === undefined ? turnByTurn(kept) : [pad.axis, ...withoutAxes(kept, [pad.axis])];
    places.set(
      statement.node,
      allocate(
        nodeAt(circuit, statement.node).name ?? `v${statement.node}`,
        direct.has(statement.node) ? sortAxes(axes) : inOrderOfUse(statement.node, axes),
        pad,
      ),
    );
  }

  const results = circuit.outputs.map((output, i) => {
    const id = circuit.nodes.length + i;
    const leaf = updatedLeaf(classified, statements.get(id)!);
    const { op } = nodeAt(circuit, output.node);
    const source = uncopied.has(id) ? places.get(sourceOf(output))! : undefined;
    const from = source !== undefined && op.tag === "slice" ? op.from * source.strides[0]!.stride.factor : 0;
    const place = leaf !== undefined ? places.get(leaf)! : (source ?? allocate(output.name, output.axes, undefined));
    if (!uncopied.has(id)) resultPlaces.set(id, place);
    return {
      kind: "result" as const,
      role: output.role,
      name: output.name,
      buffer: place.buffer,
      start: place.start + from,
      axes: slotAxes(output.axes, extent),
    };
  });
  return { buffers, leaves, results, placeOf: (node) => places.get(node), resultPlaceOf: (id) => resultPlaces.get(id) };
};

const slotAxes = (axes: ReadonlyArray<Axis>, extent: (axis: Axis) => Size): Slot["axes"] =>
  axes.map((axis) => ({
    name: axis.tag === "time" ? axis.key : axis.tag === "batch" ? "batch" : "",
    extent: extent(axis),
  }));

/** A value needs no buffer where all its uses stand in the same loop body, after it, at the same index. */
export const staysInBody = (statement: Statement, path: Path, user: Path, dependence: Dependence): boolean => {
  const innermost = path[path.length - 1];
  if (innermost === undefined || !isAligned(dependence, statement.axes)) return false;
  const nest = path.find(({ scope }) => (scope as Loops).tag === "nest");
  if (nest === undefined || !user.some(({ scope }) => scope === nest.scope)) return false;
  const hasInner = statement.axes.some((axis) => axis.tag === "feature");
  const group = innermost.scope as Group;
  return hasInner ? group.fused === true && user.some(({ scope }) => scope === group) : statement.tag !== "concat";
};

/**
 * The axes of enclosing loops whose turn all uses share: the buffer is written anew in each. A use in another turn of a
 * loop is in another turn of all loops inside it.
 */
export const droppable = (
  statement: Statement,
  path: Path,
  uses: ReadonlyArray<readonly [Path, Dependence]>,
): ReadonlyArray<Axis> => {
  const shared = path.findIndex(
    ({ scope, axes }) =>
      !uses.every(([user, dependence]) => user.some((other) => other.scope === scope) && isAligned(dependence, axes)),
  );
  const turns = shared === -1 ? path : path.slice(0, shared);
  return turns.flatMap(({ axes }) => axes.filter((axis) => hasAxis(statement.axes, axis)));
};

/** Whether the loops that write a buffer skip its padding, so that they must write zeros there. */
export const needsZeros = (statement: Statement, place: BufferPlace): boolean =>
  place.strides.some(({ axis }) => axis.tag === "batch") &&
  statement.axes.some((axis) => isRagged(axis) && canGuard(statement.axes, axis));
