import { type Axis, hasAxis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Dependence } from "../../schedule/order/dependence.ts";
import type { Ordered } from "../../schedule/order/order.ts";

/** A `for` of Python, along an axis. */
export interface Loop {
  readonly axis: TimeAxis;
  readonly isDescending: boolean;
}

/** The loops around a statement, from the outermost. */
export type Path = ReadonlyArray<Loop>;

/** Statements and loops in order, as they are printed. */
export type Step =
  | { readonly tag: "node"; readonly id: NodeId }
  | { readonly tag: "loop"; readonly loop: Loop; readonly body: ReadonlyArray<Step> };

export const stepsOf = (ordered: ReadonlyArray<Ordered>): ReadonlyArray<Step> =>
  ordered.map((item) =>
    item.tag === "statement"
      ? { tag: "node", id: item.id }
      : { tag: "loop", loop: { axis: item.axis, isDescending: item.descending }, body: stepsOf(item.body) },
  );

/** The loops in which each node is computed. */
export const homesOf = (steps: ReadonlyArray<Step>, path: Path = []): ReadonlyMap<NodeId, Path> =>
  new Map(
    steps.flatMap((step) =>
      step.tag === "node" ? [[step.id, path] as const] : [...homesOf(step.body, [...path, step.loop])],
    ),
  );

/** How many of the outermost loops two places have in common. */
export const commonDepth = (a: Path, b: Path): number => {
  const apart = a.findIndex((loop, i) => loop !== b[i]);
  return apart < 0 ? a.length : apart;
};

/**
 * For each node that is read in other turns of a loop, or once a loop is done, how many loops stand around the list of its
 * values; and which are read once a loop is done.
 */
export interface Kept {
  readonly from: ReadonlyMap<NodeId, number>;
  readonly whole: ReadonlySet<NodeId>;
}

export const keptFrom = (
  homes: ReadonlyMap<NodeId, Path>,
  results: ReadonlyArray<NodeId>,
  reads: (id: NodeId) => ReadonlyArray<Dependence>,
): Kept => {
  const kept = new Map<NodeId, number>();
  const whole = new Set<NodeId>();
  const keep = (id: NodeId, depth: number): void => {
    if (depth < homes.get(id)!.length) kept.set(id, Math.min(depth, kept.get(id) ?? depth));
  };
  for (const [id, path] of homes)
    for (const { on, mapping } of reads(id)) {
      const home = homes.get(on)!;
      const common = commonDepth(home, path);
      const carried = home.slice(0, common).findIndex(({ axis }) => {
        const place = mapping.get(axis.key);
        return place?.key === axis.key && place.shift !== 0;
      });
      keep(on, carried < 0 ? common : carried);
      if (carried < 0 && common < home.length) whole.add(on);
    }
  for (const id of results) {
    keep(id, 0);
    whole.add(id);
  }
  return { from: kept, whole };
};

/** Whether one of the loops runs along the axis. */
export const isOpen = (path: Path, axis: { readonly key: string }): boolean =>
  hasAxis(
    path.map((loop) => loop.axis),
    axis as TimeAxis,
  );

/** The dimensions along which no loop runs. */
export const withoutOpen = (path: Path, dims: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  withoutAxes(
    dims,
    path.map(({ axis }) => axis),
  );
