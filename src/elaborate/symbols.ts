import type { Span } from "../syntax/span.ts";
import type { Problem } from "./problem.ts";
import { termsIn, termsOf } from "./reachable.ts";
import type { Shapes } from "./shape/infer.ts";
import type { Origin, System, Term } from "./system.ts";
import { partsOf } from "./term.ts";

/**
 * Symbols are numbered from 0, what equations count is counted from 1. A name for a number that is a symbol somewhere (a
 * boundary, in a comparison, at the end of an axis) and a count elsewhere would be off by one in one of the two.
 */
export const symbolProblems = (system: System, shapes: Shapes): ReadonlyArray<Problem> => {
  const uses = symbolsIn(system, shapes);
  return termsOf(system).flatMap(({ term, within }) =>
    partsOf(term).flatMap((part): ReadonlyArray<Problem> => {
      const isCount = part.tag === "component" || part.tag === "unit";
      if (!isCount || part.index.tag !== "number") return [];
      const { origins, span } = part.index;
      const found = uses.filter(({ origin }) => origins.some((other) => sameOrigin(origin, other)));
      const [first] = found;
      if (first === undefined) return [];
      const instead = found.find((use) => use.instead !== undefined)?.instead;
      const problem = { tag: "symbolCounted", span, name: first.origin.name, within } as const;
      return [{ ...problem, uses: found.map((use) => use.span), ...(instead === undefined ? {} : { instead }) }];
    }),
  );
};

/** A name for a number that is a symbol there, and the variable that is this symbol. */
interface SymbolUse {
  readonly origin: Origin;
  readonly span: Span;
  readonly instead?: string;
}

const symbolsIn = (system: System, shapes: Shapes): ReadonlyArray<SymbolUse> => [
  ...[...system.variables.values()].flatMap(({ path, boundaries }) =>
    shapes.ofVariable(path).tag !== "symbol"
      ? []
      : boundaries.flatMap(({ variable }) => {
          const { meaning } = system.variables.get(variable)!;
          return termsIn(meaning)
            .flatMap(numberIn)
            .map((use) => ({ ...use, instead: variable }));
        }),
  ),
  ...termsOf(system)
    .flatMap(({ term }) => partsOf(term))
    .flatMap((part) => {
      if (part.tag !== "compare") return [];
      const sides = [part.left, part.right];
      return sides.some((side) => shapes.ofTerm(side).tag === "symbol") ? sides.flatMap(numberIn) : [];
    }),
  ...system.endings.flatMap(({ origins, span }) => origins.map((origin) => ({ origin, span }))),
];

const numberIn = ({ span, ...term }: Term): ReadonlyArray<SymbolUse> =>
  term.tag === "number" ? (term.origins ?? []).map((origin) => ({ origin, span })) : [];

const sameOrigin = (a: Origin, b: Origin): boolean =>
  a.name === b.name && a.span.file === b.span.file && a.span.start === b.span.start;
