import type { Belt, Step } from "./step.ts";

/** A state: where it comes in, if it is read, the node of its new value, and where this goes out. */
export interface Carried {
  readonly before: number | undefined;
  readonly value: number;
  readonly after: number;
}

/**
 * The states whose new values come of their last ones by operations alone, so that what a step does not change goes through
 * it as it is. Of several ways it is the longest: the others are branches of it. No operation is on two belts.
 */
export const beltsOf = (
  { nodes, wires }: Pick<Step, "nodes" | "wires">,
  states: ReadonlyArray<Carried>,
): ReadonlyArray<Belt> => {
  const isDivisor = (from: number, to: number): boolean =>
    nodes[to]!.sign === "÷" && wires.filter((wire) => wire.to === to)[1]?.from === from;
  const next = (place: number): ReadonlyArray<number> =>
    wires.flatMap(({ from, to }) =>
      from === place && nodes[to]!.kind === "operation" && !isDivisor(from, to) ? [to] : [],
    );
  const longest = (place: number, end: number): ReadonlyArray<number> | undefined => {
    if (place === end) return [place];
    const ways = next(place).flatMap((to) => {
      const way = longest(to, end);
      return way === undefined ? [] : [[place, ...way]];
    });
    return ways.reduce<ReadonlyArray<number> | undefined>(
      (best, way) => (best === undefined || way.length > best.length ? way : best),
      undefined,
    );
  };
  const taken = new Set<number>();
  return states.flatMap(({ before, value, after }) => {
    const way = before === undefined ? undefined : longest(before, value);
    if (before === undefined || way === undefined || way.some((place) => taken.has(place))) return [];
    for (const place of way) taken.add(place);
    return [{ before, operations: way.slice(1), after }];
  });
};
