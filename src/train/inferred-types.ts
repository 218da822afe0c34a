import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { InputSpec } from "../circuit/model.ts";
import type { DeclaredType, Size } from "../data/coding/declared.ts";
import { elaborate } from "../elaborate/elaborate.ts";
import { importsOf } from "../plugin/imports.ts";
import { parse } from "../syntax/parse.ts";
import { staticsOf } from "../syntax/statics.ts";
import type { Recipe } from "./run.ts";

type Program = Pick<Recipe, "source" | "file" | "model" | "statics">;
type Statics = Recipe["statics"];

/**
 * What the inputs and targets of a model are by what stands beside them, before the data have said how large its open sizes
 * are: the program is elaborated with sizes made up for those. Twice, so that what is equal to one by chance does not bear
 * its name. Nothing if the program does not fit together: what is wrong with it is told when it is compiled.
 */
export const inferredTypes = (program: Program): ReadonlyMap<string, DeclaredType> => {
  const open = staticsOf(program.source, program.file, program.model ?? undefined)
    .filter(({ name, hasDefault }) => !hasDefault && !(name in program.statics))
    .map(({ name }) => name);
  const [first, second] = [madeUp(open, 0), madeUp(open, 1)];
  const inputs = inputsWith(program, first);
  const others = open.length === 0 ? inputs : inputsWith(program, second);
  const sizeOf = (size: number, other: number): Size =>
    open.find((name) => first[name] === size && second[name] === other) ?? (size === other ? size : undefined);
  return new Map(
    inputs.flatMap((input, i) => {
      const other = others[i];
      return other === undefined ? [] : [[input.name, typeOf(input, other, sizeOf)] as const];
    }),
  );
};

const typeOf = (
  { shape, symbols }: InputSpec,
  other: InputSpec,
  sizeOf: (size: number, other: number) => Size,
): DeclaredType =>
  symbols === undefined
    ? { tag: "real", sizes: shape.map((size, i) => sizeOf(size, other.shape[i]!)) }
    : { tag: "symbol", size: sizeOf(symbols, other.symbols!) };

/** Small sizes, no two of them alike, nor any in both rounds. */
const madeUp = (open: ReadonlyArray<string>, round: number): Readonly<Record<string, number>> =>
  Object.fromEntries(open.map((name, i) => [name, 3 + 2 * i + round]));

const inputsWith = ({ source, file, model, statics }: Program, open: Statics): ReadonlyArray<InputSpec> =>
  pipe(
    parse(source, file),
    E.flatMap(
      elaborate({ statics: { ...statics, ...open }, load: importsOf(file), ...(model === null ? {} : { model }) }),
    ),
    E.match(
      () => [],
      ({ inputs }) => inputs,
    ),
  );
