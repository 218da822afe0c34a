import { type Axis, sameAxis } from "../../circuit/axis.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, type Index, integer, scaled } from "../../loops/loops.ts";
import { fixed } from "../../loops/size.ts";
import type { BufferPlace } from "../place/places.ts";
import type { Renames } from "../statements/statement.ts";

/** Where each axis stands in a loop body: a 0-based position. */
export type Environment = ReadonlyMap<string, Index>;

export const variableIndex = (variable: string): Index => ({
  terms: [{ variable, stride: fixed(1) }],
  constant: [],
});

export const position = (environment: Environment, key: string): Index => {
  const found = environment.get(key);
  if (found === undefined) throw new CompilerFault("schedule", `no loop stands over axis ${key}`);
  return found;
};

export const indexIn = ({ strides, start }: BufferPlace, environment: Environment): Index =>
  strides.reduce(
    (index, { axis, stride }) => addIndex(index, scaled(position(environment, axis.key), stride)),
    integer(start),
  );

/** One axis read so much later. */
export const moved = (environment: Environment, axis: Axis, by: number): Environment =>
  new Map([...environment, [axis.key, addIndex(position(environment, axis.key), integer(by))]]);

/** The environment for the operand of a renaming. */
export const renamed = (operandAxes: ReadonlyArray<Axis>, renames: Renames, environment: Environment): Environment =>
  new Map([
    ...environment,
    ...operandAxes.flatMap((axis) => {
      const to = renames.find(([from]) => sameAxis(from, axis))?.[1];
      return to === undefined ? [] : [[axis.key, position(environment, to.key)] as const];
    }),
  ]);
