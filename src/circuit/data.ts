import { CompilerFault } from "../fault.ts";
import { type Axis, featureAxis, firstOf } from "./axis.ts";
import type { Data, Environment, Index } from "./environment.ts";

/** A component of a parameter. */
export const parameterAt = (
  { parameters }: Environment,
  path: string,
  shape: ReadonlyArray<number>,
  index: Index,
): number => {
  const place = shape.reduce((offset, size, slot) => offset * size + index[featureAxis(slot, size).key]!, 0);
  return parameters[path]?.[place] ?? absent(`parameter ${path}`, index);
};

/** The value of an input at an index. */
export const inputAt = ({ inputs }: Environment, name: string, axes: ReadonlyArray<Axis>, index: Index): number => {
  const given = inputs[name];
  if (typeof given === "function") return given(index);
  const found = axes.reduce<Data | undefined>((data, axis) => component(data, index[axis.key]! - firstOf(axis)), given);
  return typeof found === "number" ? found : absent(`input ${name}`, index);
};

const component = (data: Data | undefined, place: number): Data | undefined =>
  typeof data === "object" ? (data as ReadonlyArray<Data>)[place] : undefined;

const absent = (what: string, index: Index): never => {
  throw new CompilerFault("evaluate", `no value of ${what} at ${JSON.stringify(index)}`);
};
