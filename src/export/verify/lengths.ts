import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { CaseSpec } from "./shrink.ts";

/** What lengths are drawn of. */
export interface DrawnLengths {
  /** The run-time lengths of the model. */
  readonly names: ReadonlyArray<string>;
  /** Those that examples of one batch need not share. */
  readonly single: ReadonlyArray<string>;
  /** Those that may be 0 in an example beside others. */
  readonly empty: ReadonlyArray<string>;
  readonly longest: number;
}

const usual = { examples: 4, length: 5 };
const large = { examples: 8, from: 5 };

/**
 * The examples of the case of a turn, the first three, and each axis up to five positions long. Every second case is large: five
 * to eight examples, one axis up to `longest` (in the first example that long), the others short. Every fourth from the third on
 * has an empty sequence in its last example.
 */
export const lengthsDrawn = (of: DrawnLengths, seed: number, turn: number): CaseSpec["examples"] => {
  const { names, single, empty, longest } = of;
  const generator = xoroshiro128plus(seed + 1000);
  const isLarge = turn % 2 === 1;
  const most = Math.min(usual.length, longest);
  const long = isLarge ? names[((turn - 1) / 2) % names.length] : undefined;
  const drawn = (name: string, least: number): number =>
    uniformInt(generator, Math.min(least, most), name === long ? longest : most);
  const shared = Object.fromEntries(names.map((name) => [name, name === long ? longest : drawn(name, 2)]));
  const hasEmpty = turn % 4 === 2 && empty.length > 0;
  const least = hasEmpty ? 2 : 1;
  const count = isLarge
    ? uniformInt(generator, large.from, large.examples)
    : turn === 0
      ? 3
      : uniformInt(generator, least, usual.examples);
  const emptied = hasEmpty ? empty[((turn - 2) / 4) % empty.length] : undefined;
  return Array.from({ length: count }, (_, example) => ({
    ...shared,
    ...Object.fromEntries(single.map((name) => [name, name === long && example === 0 ? longest : drawn(name, 1)])),
    ...(emptied !== undefined && example === count - 1 ? { [emptied]: 0 } : {}),
  }));
};

export const hasEmpty = ({ examples }: Pick<CaseSpec, "examples">): boolean =>
  examples.some((lengths) => Object.values(lengths).includes(0));

/** Without its empty sequences: these are one position long. */
export const withoutEmpty = (examples: CaseSpec["examples"]): CaseSpec["examples"] =>
  examples.map((lengths) =>
    Object.fromEntries(Object.entries(lengths).map(([name, length]) => [name, Math.max(length, 1)])),
  );
