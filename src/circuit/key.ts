import { match } from "../match.ts";
import type { Axis } from "./axis.ts";
import type { Op, Position } from "./circuit.ts";

/** A text that is equal for equal operations, of one circuit: an axis is known by its key. */
export const keyOf: (op: Op) => string = match<Op, string>({
  constant: ({ value }) => `constant ${Object.is(value, -0) ? "-0" : value}`,
  parameter: ({ path, shape }) => `parameter ${path} ${shape.join()}`,
  input: ({ name, axes }) => `input ${name} ${keys(axes)}`,
  index: ({ axis }) => `index ${axis.key}`,
  length: ({ axis }) => `length ${axis.key}`,
  map: ({ fn }) => fn,
  reduce: ({ fn, over }) => `reduce ${fn} ${keys(over)}`,
  delay: ({ axis, by }) => `delay ${axis.key} ${by}`,
  at: ({ axis, position }) => `at ${axis.key} ${place(position)}`,
  onehot: ({ axis }) => `onehot ${axis.key}`,
  concat: ({ axis, sizes }) => `concat ${axis.key} ${sizes.join()}`,
  slice: ({ axis, from, size }) => `slice ${axis.key} ${from} ${size}`,
  mark: ({ name, axes }) => `mark ${name} ${keys(axes)}`,
  grad: ({ over, span }) => `grad ${keys(over)} ${span.file} ${span.start} ${span.end}`,
  rename: ({ renames }) => `rename ${renames.map(keys).join(" ")}`,
});

const keys = (axes: ReadonlyArray<Axis>): string => axes.map(({ key }) => key).join();

const place = (position: Position): string =>
  position.tag === "fromStart" ? `${position.position}` : `end ${position.offset}`;
