import { innerOf } from "../../loops/inner.ts";
import type { Loop, Scalar } from "../../loops/loops.ts";
import { operandsOf } from "../../loops/operands.ts";

/**
 * The values of a body that only the statement after them reads, with nothing but values in between: they can be written
 * where they are read.
 */
export const readOnceBelow = (body: ReadonlyArray<Loop>): ReadonlySet<string> => {
  const readers = new Map<string, number[]>();
  body.forEach((loop, at) => {
    for (const name of localsOf(loop)) {
      const known = readers.get(name);
      if (known === undefined) readers.set(name, [at]);
      else known.push(at);
    }
  });
  /** From each place on, the first statement that is no value. */
  const firstOther = new Array<number>(body.length + 1).fill(body.length);
  for (let at = body.length - 1; at >= 0; at -= 1) firstOther[at] = body[at]!.tag === "let" ? firstOther[at + 1]! : at;
  const isPlain = (loop: Loop | undefined): boolean => loop !== undefined && computedBy(loop) !== undefined;
  return new Set(
    body.flatMap((loop, at) => {
      const [reader, ...others] = loop.tag === "let" ? (readers.get(loop.name) ?? []) : [];
      const isOnly = loop.tag === "let" && reader !== undefined && others.length === 0 && isPlain(body[reader]);
      return isOnly && firstOther[at + 1]! >= reader ? [loop.name] : [];
    }),
  );
};

const localsOf = (loop: Loop): ReadonlyArray<string> => {
  switch (loop.tag) {
    case "for":
      return innerOf(loop).flatMap(localsOf);
    case "if":
      return [...localsIn(loop.condition), ...innerOf(loop).flatMap(localsOf)];
    default: {
      const value = computedBy(loop);
      return value === undefined ? [] : localsIn(value);
    }
  }
};

const localsIn = (scalar: Scalar): ReadonlyArray<string> =>
  scalar.tag === "local" ? [scalar.name] : operandsOf(scalar).flatMap(localsIn);

/** What a statement without loops computes. */
const computedBy = (loop: Loop): Scalar | undefined => {
  switch (loop.tag) {
    case "let":
    case "letInteger":
    case "accumulate":
    case "store":
      return loop.value;
    case "for":
    case "if":
    case "accumulator":
    case "product":
      return undefined;
  }
};
