import type { Draw, Initialiser } from "../circuit/model.ts";
import { pointwiseValues } from "../circuit/pointwise.ts";
import { outsideOf } from "./initial-range.ts";
import type { Problem } from "./problem.ts";
import { termsIn, termsOf } from "./reachable.ts";
import type { Shapes } from "./shape/infer.ts";
import type { System, Term, Variable } from "./system.ts";
import { partsOf } from "./term.ts";

/** Numbers that are known when compiling, and can be none: symbols that do not exist, and of distributions. */
export const numberProblems = (system: System, shapes: Shapes): ReadonlyArray<Problem> => [
  ...[...system.variables.values()].flatMap((variable) => [
    ...boundariesOf(system, shapes, variable),
    ...distributionOf(variable),
  ]),
  ...termsOf(system).flatMap(({ term, within }) =>
    partsOf(term)
      .flatMap((part) => compared(part, shapes))
      .map((problem) => ({ ...problem, within })),
  ),
  ...system.endings.flatMap(({ path, symbol, span }) => noSymbol({ symbol, span }, sizeOf(shapes.ofVariable(path)))),
];

/** Of how many symbols a value is one, if it is and that is known. */
const sizeOf = (shape: ReturnType<Shapes["ofTerm"]>): number | undefined =>
  shape.tag === "symbol" && shape.size.tag === "known" ? shape.size.value : undefined;

/** What stands outside the axis of a symbol is one, too. */
const boundariesOf = (system: System, shapes: Shapes, { path, boundaries, within }: Variable) => {
  const size = sizeOf(shapes.ofVariable(path));
  if (size === undefined) return [];
  return boundaries.flatMap(({ variable }) => {
    const { meaning } = system.variables.get(variable)!;
    return termsIn(meaning)
      .flatMap((term) => notAmong(term, shapes, size))
      .map((problem) => ({ ...problem, within }));
  });
};

const notAmong = (term: Term, shapes: Shapes, size: number): ReadonlyArray<Problem> => {
  if (term.tag === "choose") return [term.then, term.else].flatMap((each) => notAmong(each, shapes, size));
  const symbol = constantOf(term);
  if (symbol !== undefined) return noSymbol({ symbol, span: term.span }, size);
  const shape = shapes.ofTerm(term);
  return shape.tag === "symbol" || shape.tag === "unknown" || term.tag === "wrong"
    ? []
    : [{ tag: "noSymbol", span: term.span, size }];
};

const compared = (term: Term, shapes: Shapes): ReadonlyArray<Problem> => {
  if (term.tag !== "compare") return [];
  const sides = [term.left, term.right];
  const [size] = sides.flatMap((side) => sizeOf(shapes.ofTerm(side)) ?? []);
  return sides.flatMap((side) => {
    const symbol = constantOf(side);
    return symbol === undefined ? [] : noSymbol({ symbol, span: side.span }, size);
  });
};

/** A number, or what is counted from static ones, as `V - 1`. */
export const constantOf = (term: Term): number | undefined => {
  if (term.tag === "number") return term.value;
  if (term.tag !== "call") return undefined;
  const fn = arithmetic.find((name) => name === term.fn);
  const operands = term.operands.map(constantOf);
  const [x = 0, y = 0] = operands.map(Number);
  return fn === undefined || operands.includes(undefined) ? undefined : pointwiseValues[fn](x, y, 0);
};

const arithmetic = ["add", "sub", "mul", "neg"] as const;

const noSymbol = (
  { symbol, span }: { readonly symbol: number; readonly span: Term["span"] },
  size: number | undefined,
): ReadonlyArray<Problem> =>
  size === undefined || (Number.isInteger(symbol) && symbol >= 0 && symbol < size)
    ? []
    : [{ tag: "noSymbol", span, symbol, size }];

const drawsOf = (initialiser: Initialiser | undefined): ReadonlyArray<Draw> => {
  if (initialiser?.tag !== "function") return initialiser === undefined ? [] : [initialiser];
  return initialiser.steps.flatMap((step) => (step.tag === "draw" ? [step.draw] : []));
};

/** The constants of a distribution, or of what a parameter starts as, each with what it must be. */
const distributionOf = ({ meaning, span, within }: Variable): ReadonlyArray<Problem> => {
  const told = (what: string, found: number, expected: string, place = span): ReadonlyArray<Problem> => [
    { tag: "impossible", span: place, what, found, expected, within },
  ];
  const probability = (found: number, place = span) =>
    found >= 0 && found <= 1 ? [] : told("A probability", found, "from 0 to 1", place);
  const deviation = (found: number, place = span) =>
    found > 0 ? [] : told("A standard deviation", found, "more than 0", place);
  switch (meaning.tag) {
    case "noise":
      return meaning.distribution === "bernoulli" ? probability(meaning.parameter) : deviation(meaning.parameter);
    case "parameter": {
      const draws = drawsOf(meaning.initialiser);
      const infinite = draws
        .flatMap(Object.values)
        .find((number) => typeof number === "number" && !Number.isFinite(number));
      if (infinite !== undefined) return told("What a parameter starts as", infinite, "a finite number");
      const wrong = draws.flatMap((draw) => {
        if (draw.tag === "normal") return draw.deviation >= 0 ? [] : deviation(draw.deviation);
        if (draw.tag !== "uniform" || draw.low <= draw.high) return [];
        return told("The upper end of `uniform`", draw.high, `at least its lower end, ${draw.low}`);
      });
      return wrong.length > 0
        ? wrong
        : outsideOf(meaning.initialiser).flatMap(({ fn, found, least }) =>
            told(`What \`${fn}\` is taken of`, found, `at least ${least}`),
          );
    }
    case "random": {
      const last = meaning.arguments.at(-1);
      const value = last === undefined ? undefined : constantOf(last);
      if (last === undefined || value === undefined) return [];
      if (meaning.family === "bernoulli") return probability(value, last.span);
      return meaning.family === "normal" ? deviation(value, last.span) : [];
    }
    default:
      return [];
  }
};
