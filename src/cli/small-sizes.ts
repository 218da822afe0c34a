import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { Static } from "../syntax/statics.ts";

/** What sizes are drawn from where a program is tried at sizes that nobody gave. */
export const smallest = { least: 2, most: 5 };

export const smallSizes = (
  chosen: ReadonlyArray<Pick<Static, "name">>,
  seed: number,
): Readonly<Record<string, number>> => {
  const generator = xoroshiro128plus(seed);
  return Object.fromEntries(chosen.map(({ name }) => [name, uniformInt(generator, smallest.least, smallest.most)]));
};

/** A program is compiled at each seed, each time with other sizes: what its user is told of a place stands once. */
export const notToldBefore = (): ((warning: Diagnostic) => boolean) => {
  const told = new Set<string>();
  return ({ code, labels: [{ span }] }) => {
    const place = [code, span.file, span.start, span.end].join(" ");
    const isNew = !told.has(place);
    told.add(place);
    return isNew;
  };
};
