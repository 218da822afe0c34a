import { nodeAt } from "../../circuit/node-at.ts";
import { groupBy } from "../group-by.ts";
import { cellOf } from "./cell.ts";
import type { Equation } from "./read-once.ts";
import { referencesIn } from "./references.ts";
import type { EquationSystem } from "./system.ts";

/**
 * The equations as the source has them: the model's own in its order, those of a cell where it is applied, in the cell's
 * order; what only stands between is before what first reads it. `own` are the model's variables, none if it is unknown.
 */
export const inSourceOrder = (system: EquationSystem, own: ReadonlyArray<string>): ReadonlyArray<Equation> => {
  if (own.length === 0) return system.equations;
  const place = placesOf(system.equations, own);
  const cells = new Set(system.equations.map(({ name }) => cellOf(name)));
  const blockOf = (name: string): string => (cells.has(name) ? name : cellOf(name));
  const blocks = groupBy(system.equations, ({ name }) => `${place(name)} ${blockOf(name)}`);
  return [...blocks.values()]
    .sort((a, b) => place(a[0]!.name) - place(b[0]!.name) || a[0]!.node - b[0]!.node)
    .flatMap((block) => asInFile(system, block));
};

/** Where each name stands among the model's own: `h.c` where `h` does, else before the first that reads it. */
const placesOf = (equations: ReadonlyArray<Equation>, own: ReadonlyArray<string>): ((name: string) => number) => {
  const known = new Map(own.map((name, i) => [name, i]));
  const readers = groupBy(
    equations.flatMap(({ name, value }) =>
      [...new Set(referencesIn(value.expression).map((read) => wholeOf(read.name)))].map((read) => ({ read, name })),
    ),
    ({ read }) => read,
  );
  const found = new Map<string, number>();
  const placeOf = (part: string): number => {
    const name = wholeOf(part);
    const place = known.get(name) ?? found.get(name);
    if (place !== undefined) return place;
    // Until it is known, for the readers that it reads itself.
    found.set(name, own.length);
    const first = (readers.get(name) ?? []).reduce(
      (least, reader) => Math.min(least, placeOf(reader.name)),
      own.length,
    );
    found.set(name, first - 0.5);
    return first - 0.5;
  };
  return placeOf;
};

/** What stands in the model itself: `enc` of `enc.att.Wa`. */
const wholeOf = (name: string): string => name.split(".")[0]!;

/** By where they stand, if that is in one file. */
const asInFile = ({ circuit }: EquationSystem, block: ReadonlyArray<Equation>): ReadonlyArray<Equation> => {
  const spanOf = ({ node }: Equation) => nodeAt(circuit, node).span;
  const files = new Set(block.map((equation) => spanOf(equation)?.file));
  if (files.size > 1 || files.has(undefined)) return block;
  return [...block].sort((a, b) => spanOf(a)!.start - spanOf(b)!.start || a.node - b.node);
};
