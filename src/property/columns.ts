import { movementName } from "../circuit/own-names.ts";
import type { Example, Nested, Params } from "../runtime/interface.ts";

/** What moves, one element at a time: a parameter, or an input of an example. */
export interface Movable {
  readonly name: string;
  readonly size: number;
  /** The direction that is 1 at one element and 0 elsewhere; without one, 0 everywhere. */
  readonly unit: (element?: number) => Nested;
}

export const parameterMovable = (path: string, shape: ReadonlyArray<number>): Movable => {
  const size = shape.reduce((product, each) => product * each, 1);
  const unit = (element?: number): Nested => {
    const data = new Float64Array(size);
    if (element !== undefined) data[element] = 1;
    return shape.length === 0 ? data[0]! : { data, shape };
  };
  return { name: path, size, unit };
};

/** Elements of nested arrays are counted in the order in which they are written. */
export const inputMovable = (name: string, values: Nested): Movable => {
  const count = (nested: Nested): number => {
    if (typeof nested === "number" || nested === null) return 1;
    if ("data" in nested) return nested.data.length;
    return Array.from(nested as ReadonlyArray<Nested>).reduce<number>((sum, each) => sum + count(each), 0);
  };
  const unit = (element?: number): Nested => {
    let place = 0;
    const next = (): number => Number(place++ === element);
    const like = (nested: Nested): Nested => {
      if (typeof nested === "number" || nested === null) return next();
      if ("data" in nested) return { ...nested, data: Float64Array.from(nested.data, next) };
      return Array.from(nested as ReadonlyArray<Nested>).map(like);
    };
    return like(values);
  };
  return { name, size: count(values), unit };
};

/** For each element of all that moves, the directions in which only that one does. */
export const unitExamples = (movables: ReadonlyArray<Movable>): ReadonlyArray<Example> => {
  const still: Example = Object.fromEntries(movables.map(({ name, unit }) => [movementName(name), unit()]));
  return movables.flatMap(({ name, size, unit }) =>
    Array.from({ length: size }, (_, element) => ({ ...still, [movementName(name)]: unit(element) })),
  );
};

/** A number for each element, by what they are elements of. */
export const byMovable = (movables: ReadonlyArray<Movable>, values: ArrayLike<number>): Params => {
  let from = 0;
  return Object.fromEntries(
    movables.map(({ name, size }) => {
      const own = Float64Array.from({ length: size }, (_, i) => values[from + i]!);
      from += size;
      return [name, own];
    }),
  );
};
