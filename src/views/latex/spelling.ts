import { upright } from "./letters.ts";
import { letterOfWord, script } from "./word.ts";

/** A name as it is written: a letter, with what stands below and above it. */
export interface Spelled {
  readonly letter: string;
  readonly below: ReadonlyArray<string>;
  readonly primes: string;
  /** The number in a family, the cell: `U^{(1)}`. */
  readonly above: ReadonlyArray<string>;
}

export interface Named {
  readonly name: string;
  readonly isParameter: boolean;
  /** Whether it is to stand as one word: what it would be as a letter means something else. */
  readonly isWhole: boolean;
}

/**
 * How each of several names is written: as short as it can be while no two are written the same. A cell's `h.Uc` is U_c
 * unless another cell has one as well or the model itself.
 */
export const spellings = (names: ReadonlyArray<Named>): ReadonlyMap<string, Spelled> => {
  const claims = new Map<string, Array<{ readonly name: string; readonly depth: number }>>();
  const found = names.map((named) => ({ named, depth: pathOf(named.name).path.length, ways: waysOf(named) }));
  for (const { named, depth, ways } of found)
    for (const text of new Set(ways.map((way) => nameText(way))))
      claims.set(text, [...(claims.get(text) ?? []), { name: named.name, depth }]);
  return new Map(
    found.map(({ named: { name }, depth, ways }) => {
      const isFree = (way: Spelled): boolean =>
        claims.get(nameText(way))!.every((claim) => claim.name === name || claim.depth > depth);
      return [name, ways.find(isFree) ?? ways.at(-1)!] as const;
    }),
  );
};

/** With the indices behind what stands below its letter, and with what stands above it besides. */
export const nameText = (
  { letter, below, primes, above }: Spelled,
  indices: ReadonlyArray<string> = [],
  exponent = "",
): string => {
  const lower = [...below, ...indices].join(",");
  const upper = `${above.length === 0 ? "" : `(${above.join(",")})`}${exponent}`;
  return `${letter}${lower === "" ? "" : `_${scripted(lower)}`}${primes}${upper === "" ? "" : `^${scripted(upper)}`}`;
};

/** A single sign needs no braces. */
export const scripted = (text: string): string => (/^([\p{L}\d]|\\[A-Za-z]+)$/u.test(text) ? text : `{${text}}`);

/** `z.2.Wf` is the `Wf` of what stands at `z.2`; `z.2` is the second `z`. */
const pathOf = (
  name: string,
): { readonly word: string; readonly numbers: ReadonlyArray<string>; readonly path: ReadonlyArray<string> } => {
  const parts = name.split(".");
  const own = Math.max(
    parts.findLastIndex((part) => !/^\d+$/.test(part)),
    0,
  );
  return { word: parts[own]!, numbers: parts.slice(own + 1), path: parts.slice(0, own) };
};

/** The shortest first, the last as the name stands. */
const waysOf = ({ name, isParameter, isWhole }: Named): ReadonlyArray<Spelled> => {
  const { word, numbers, path } = pathOf(name);
  const [bare = "", primes = ""] = word.replace("*", "'").split(/('*)$/);
  const letter = isWhole ? undefined : letterOfWord(bare, isParameter);
  const aboves = abovesOf(path).map((above) => [...above, ...numbers]);
  const whole: Spelled = { letter: upright(bare), below: [], primes, above: [...path, ...numbers].map(script) };
  const short = letter === undefined ? { letter: whole.letter, below: [] } : letter;
  return [...aboves.map((above): Spelled => ({ ...short, primes, above: above.map(script) })), whole];
};

/** Nothing, the numbers alone, then more and more of the path from its end. */
const abovesOf = (path: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => [
  [],
  ...[path.filter((part) => /^\d+$/.test(part))].filter((numbers) => numbers.length > 0),
  ...path.map((_, i) => path.slice(path.length - 1 - i)),
];
