import type { Expression } from "../../syntax/tree.ts";
import { referencesIn } from "../equations/references.ts";
import type { Line, Listing } from "../listing.ts";
import { brokenLines, widthOf } from "./broken.ts";
import type { DerivativeName } from "./derivatives.ts";
import { latexExpression, latexVariable } from "./expression.ts";
import type { Layout, Notation } from "./notation.ts";
import { inNumerators } from "./numerator.ts";
import { type Kind, ranks } from "./rank.ts";
import { type Named, nameText, type Spelled, spellings } from "./spelling.ts";

/** What is known of the names in a listing; nothing needs to be. */
export interface Known {
  /** Of variables and their adjoints, of axes and lengths. */
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly parameters: ReadonlySet<string>;
  /** Of each axis, its last position. */
  readonly ends: ReadonlyMap<string, Expression>;
  /** What became of derivatives in equations. */
  readonly derivatives?: ReadonlyMap<string, DerivativeName>;
  /** What stands for the loss. */
  readonly loss?: string;
  readonly layout?: Layout;
}

const nothing: Known = { kinds: new Map(), parameters: new Set(), ends: new Map() };

/** An `align*` of amsmath, one equation a line, long ones in several. Without equations there is none. */
export const listingLatex = (given: Listing, known: Known = nothing): string => {
  const layout = known.layout ?? "denominator";
  const listing = layout === "numerator" ? inNumerators(given, ranks(known.kinds)) : given;
  if (listing.length === 0) return "";
  const n = notationOf(listing, known, layout);
  const lines = listing.flatMap((line) => lineLatex(n, line));
  return `\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}\n`;
};

/** A name that stands by itself. */
export const latexName = (name: string): string =>
  nameText(spellings([{ name, isParameter: false, isWhole: false }]).get(name)!);

const lineLatex = (n: Notation, line: Line): ReadonlyArray<string> => {
  const left = latexVariable(n, line.left.name, line.left.indices);
  const right = `${latexExpression(n, line.right)}${weightOf(n, line)}`;
  // A parameter that is a boundary and goes by its name: s_0 = s_0.
  if (left === right) return [];
  const [first, ...others] = brokenLines(right, Math.min(16, widthOf(left)));
  return [
    [
      `  ${left} &${line.tag === "random" ? "\\sim" : "="} ${first}`,
      ...others.map((rest) => `    &\\quad {}${rest}`),
    ].join(" \\\\\n"),
  ];
};

const weightOf = (n: Notation, line: Line): string =>
  line.tag === "random" && line.weight !== undefined ? ` \\quad\\text{weight } ${latexExpression(n, line.weight)}` : "";

const notationOf = (
  listing: Listing,
  { kinds, parameters, ends, loss, derivatives = new Map() }: Known,
  layout: Layout,
): Notation => {
  const named = spelledNames(listing, { parameters, derivatives });
  const letters = new Set([...named.values()].map(({ letter }) => letter));
  const letterOfLoss = letters.has("L") ? "\\mathcal{L}" : "L";
  const spelled = (name: string): Spelled =>
    name === loss
      ? { letter: letterOfLoss, below: [], primes: "", above: [] }
      : (named.get(name) ?? aloneSpelled(name));
  return {
    spelled,
    rankOf: ranks(kinds),
    upTo: (axis) => ends.get(axis),
    sigmoid: letters.has("\\sigma") ? "\\operatorname{sigmoid}" : "\\sigma",
    loss: letterOfLoss,
    derivatives,
    layout,
  };
};

const aloneSpelled = (name: string): Spelled => spellings([{ name, isParameter: false, isWhole: false }]).get(name)!;

/** Until no name with something below it reads like another name at that index. */
const spelledNames = (
  listing: Listing,
  known: Pick<Known, "parameters" | "derivatives">,
  whole: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Spelled> => {
  const reads = listing.flatMap(({ left, right }) => [left, ...referencesIn(right)]);
  const { parameters, derivatives = new Map<string, DerivativeName>() } = known;
  const namesOf = (bare: string): ReadonlyArray<string> => {
    const derivative = derivatives.get(bare);
    return derivative === undefined ? [bare] : [derivative.of.name, derivative.by.name];
  };
  const names = [...new Set(reads.flatMap(({ name }) => namesOf(bareName(name))))];
  const spelled = spellings(
    names.map((name): Named => ({ name, isParameter: parameters.has(name), isWhole: whole.has(name) })),
  );
  const same = new Map<string, Map<string, string>>();
  const told = new Set(listing.flatMap(boundaryByName));
  for (const { name, indices } of reads) {
    const bare = bareName(name);
    const written = indices.map((index) => JSON.stringify(index)).join();
    const plain = indices.map((index) =>
      index.tag === "name" ? index.text : index.tag === "number" ? String(index.value) : JSON.stringify(index),
    );
    if (told.has(bare) || derivatives.has(bare)) continue;
    const text = nameText(spelled.get(bare)!, plain);
    same.set(text, (same.get(text) ?? new Map()).set(`${bare}[${written}]`, bare));
  }
  const clashing = [...same.values()].flatMap((found) => (found.size < 2 ? [] : [...new Set(found.values())]));
  const more = clashing.filter((name) => spelled.get(name)!.below.length > 0 && !whole.has(name));
  return more.length === 0 ? spelled : spelledNames(listing, known, new Set([...whole, ...more]));
};

const bareName = (name: string): string => name.replace(/^∂+/, "");

/** `s[0] = s0`: that both read alike is what the equation says. */
const boundaryByName = ({ left, right }: Line): ReadonlyArray<string> => {
  const [index] = left.indices;
  const isAlike = right.tag === "name" && index?.tag === "number" && right.text === `${left.name}${index.value}`;
  return isAlike ? [right.text] : [];
};
