import { type Axis, hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import { components } from "../../circuit/components.ts";
import { CompilerFault } from "../../fault.ts";
import type { StatementId } from "../statements/statement.ts";
import { type Dependence, distanceAlong } from "./dependence.ts";

/** Statements in the order of their execution, those of a recurrence inside the loop that carries it (a scan). */
export type Ordered =
  | { readonly tag: "statement"; readonly id: StatementId }
  | {
      readonly tag: "scan";
      readonly axis: TimeAxis;
      readonly descending: boolean;
      readonly body: ReadonlyArray<Ordered>;
    };

export const idsOf = (item: Ordered): ReadonlyArray<StatementId> =>
  item.tag === "statement" ? [item.id] : item.body.flatMap(idsOf);

export interface Graph {
  readonly axesOf: (id: StatementId) => ReadonlyArray<Axis>;
  readonly dependencesOf: (id: StatementId) => ReadonlyArray<Dependence>;
}

/**
 * Orders statements (Karp, Miller and Winograd 1967; Allen and Kennedy 1987): a strongly connected component becomes a
 * loop along an axis on which all its dependences point one way; the dependences that the loop carries are dropped and
 * the body is ordered in the same way.
 */
export const order = (graph: Graph, statements: ReadonlyArray<StatementId>): ReadonlyArray<Ordered> => {
  const found = attempt(graph, statements, []);
  if (found === undefined) throw new CompilerFault("schedule", "a recurrence has no axis along which it can run");
  return found;
};

const attempt = (
  graph: Graph,
  statements: ReadonlyArray<StatementId>,
  open: ReadonlyArray<TimeAxis>,
): ReadonlyArray<Ordered> | undefined => {
  const members = new Set(statements);
  const uncarried = (id: StatementId): ReadonlyArray<Dependence> =>
    graph
      .dependencesOf(id)
      .filter((dependence) => members.has(dependence.on) && open.every((axis) => !isCarried(dependence, axis)));
  const ordered: Ordered[] = [];
  for (const component of components(statements, (id) => uncarried(id).map(({ on }) => on))) {
    const inside = new Set(component);
    const inner = component.flatMap((id) => uncarried(id).filter(({ on }) => inside.has(on)));
    if (inner.length === 0) {
      ordered.push(...component.map((id) => ({ tag: "statement", id }) as const));
      continue;
    }
    const scan = scanOf(graph, component, inner, open);
    if (scan === undefined) return undefined;
    ordered.push(scan);
  }
  return ordered;
};

const scanOf = (
  graph: Graph,
  component: ReadonlyArray<StatementId>,
  inner: ReadonlyArray<Dependence>,
  open: ReadonlyArray<TimeAxis>,
): Ordered | undefined => {
  const candidates = graph
    .axesOf(component[0]!)
    .filter((axis): axis is TimeAxis => axis.tag === "time" && !hasAxis(open, axis));
  for (const axis of candidates) {
    if (!component.every((id) => hasAxis(graph.axesOf(id), axis))) continue;
    const distances = inner.map((dependence) => distanceAlong(dependence, axis));
    const oneWay =
      distances.every((d) => d !== undefined && d >= 0) || distances.every((d) => d !== undefined && d <= 0);
    if (!oneWay || distances.every((d) => d === 0)) continue;
    const descending = distances.some((d) => d !== undefined && d < 0);
    const body = attempt(
      graph,
      [...component].sort((a, b) => a - b),
      [...open, axis],
    );
    if (body !== undefined) return { tag: "scan", axis, descending, body };
  }
  return undefined;
};

/** Whether an enclosing loop along the axis executes the producer in an earlier turn than the consumer. */
const isCarried = (dependence: Dependence, axis: Axis): boolean => {
  const distance = distanceAlong(dependence, axis);
  return distance !== undefined && distance !== 0;
};
