import type { Trained } from "../../../examples/tasks/task.ts";
import type { Example, Output } from "../../../src/runtime/interface.ts";

/** The components of an output at each position of one example. */
export const valuesAlong = (
  { compiled, params }: Trained,
  example: Example,
  name: string,
): ReadonlyArray<ReadonlyArray<number>> => rowsOf(compiled.forward(params, compiled.pack([example]))[name]!);

const rowsOf = ({ shape, data }: Output): ReadonlyArray<ReadonlyArray<number>> => {
  const [length] = shape;
  const size = data.length / length!;
  return Array.from({ length: length! }, (_, t) => Array.from(data.slice(t * size, (t + 1) * size)));
};
