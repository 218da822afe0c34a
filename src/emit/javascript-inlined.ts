import { innerOf } from "../schedule/loop-parts.ts";
import type { Loop, Scalar } from "../schedule/loops.ts";
import { operandsOf } from "../schedule/scalar-parts.ts";

/**
 * The values of a body that only the statement after them reads, with nothing but values in between: they can be written
 * where they are read.
 */
export const readOnceBelow = (body: ReadonlyArray<Loop>): ReadonlySet<string> => {
  const readers = new Map<string, number[]>();
  body.forEach((loop, at) => {
    for (const name of localsOf(loop)) readers.set(name, [...(readers.get(name) ?? []), at]);
  });
  const isPlain = (loop: Loop | undefined): boolean => loop !== undefined && computedBy(loop) !== undefined;
  return new Set(
    body.flatMap((loop, at) => {
      const [reader, ...others] = loop.tag === "let" ? (readers.get(loop.name) ?? []) : [];
      const isOnly = loop.tag === "let" && reader !== undefined && others.length === 0 && isPlain(body[reader]);
      return isOnly && body.slice(at + 1, reader).every(({ tag }) => tag === "let") ? [loop.name] : [];
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
