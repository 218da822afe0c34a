import { match } from "../../match.ts";
import type { GateFault } from "../problem.ts";
import type { Wording, WordingsOf } from "./wording.ts";
import { count, either, list, suggestion } from "./words.ts";

/** The wording of problems with cells, functions and distributions. */
export const applicationWordings: WordingsOf<
  | "notAValue"
  | "notAFunction"
  | "argumentCount"
  | "noAxisForCell"
  | "resultCount"
  | "endlessCell"
  | "badOverride"
  | "unreadBoundary"
  | "badGate"
  | "badInitialiser"
  | "notCounted"
  | "badDistribution"
> = {
  notAValue: ({ name, kind }) => ({
    message: `\`${name}\` is ${kind}, not a value.`,
    label: `this is ${kind}`,
  }),
  notAFunction: ({ isBackward = false }) => ({
    message: isBackward
      ? "Only a cell that runs along an axis runs `backward`."
      : "Only a function or a cell takes arguments.",
    label: isBackward ? "runs along no axis" : "neither a function nor a cell",
  }),
  argumentCount: ({ name, expected, found }) => ({
    message: `\`${name}\` takes ${expected}, but ${found} ${found === 1 ? "is" : "are"} given.`,
    label: `expected ${expected}`,
  }),
  noAxisForCell: ({ cell, letter }) => ({
    message: `\`${cell}\` runs along an axis (its \`${letter}\`), but nothing here is over an axis.`,
    label: "no axis here",
  }),
  resultCount: ({ expected, found }) => ({
    message: `The cell has ${count(expected, "result", "results")}, but ${count(found, "name stands", "names stand")} on the left.`,
    label: count(expected, "result", "results"),
  }),
  endlessCell: ({ cell }) => ({
    message: `\`${cell}\` applies itself without end.`,
    label: "expanded again and again",
  }),
  badOverride: ({ name, known }) => ({
    message: `\`${name}\` is no state of the cell applied here.`,
    label: "not a state of the cell",
    hint: known.length === 0 ? "`with` needs a cell on the right of `=`." : `Its states are ${list(known)}.`,
  }),
  unreadBoundary: ({ name }) => ({
    message: `The cell applied here never reads \`${name}\`.`,
    label: "nothing reads this",
    hint: "A cell reads what its own text reads before the start: `h[0]` where it says `h[t-1]`; run backward, `h[T+1]` is the same.",
  }),
  notCounted: ({ name, isDivisor }) => ({
    message: isDivisor
      ? `\`${name}\` divides by a static whole number, at least 1.`
      : `\`${name}\` is of whole numbers: of indices, lengths and static numbers.`,
    label: isDivisor ? "not a static whole number" : "not made of these alone",
  }),
  badGate: ({ word, fault }) => gateWordings(word)(fault),
  badInitialiser: () => ({
    message: `An initialiser is a number, ${either(initialisers)}, or a function of these.`,
    label: "not an initialiser",
  }),
  badDistribution: ({ name, known }) => ({
    message: `A distribution is ${either(known)}.`,
    label: "not a distribution",
    hint: distributionMeant(
      name,
      known.map((each) => each.replace(/\(.*/, "")),
    ),
  }),
};

const initialisers = ["glorot", "he", "orthogonal", "identity", "uniform(low, high)", "normal(mean, deviation)"];

/** Distributions under the names that they have elsewhere, in small letters. */
const otherNames: Readonly<Record<string, string>> = {
  gaussian: "normal",
  n: "normal",
  softmax: "categorical",
  multinomial: "categorical",
  multinoulli: "categorical",
  cat: "categorical",
  binomial: "bernoulli",
  ber: "bernoulli",
};

const distributionMeant = (name: string, known: ReadonlyArray<string>): string | undefined => {
  const lower = name.toLowerCase();
  const other = Object.hasOwn(otherNames, lower) ? otherNames[lower]! : undefined;
  return other !== undefined && known.includes(other) ? `Did you mean \`${other}\`?` : suggestion(name, known);
};

const gateWordings = (word: string): ((fault: GateFault) => Wording) =>
  match<GateFault, Wording>({
    noCell: () => ({
      message: `\`${word}\` stands behind the application of a cell, which is the whole right side.`,
      label: "no cell is applied before this",
    }),
    noState: ({ cell }) => ({
      message: `\`${cell}\` has no state, so that \`${word}\` would have no effect.`,
      label: "no state of the cell is read one position back",
      hint: "A state is what the text of the cell, or of a cell within it, reads at `t-1`.",
    }),
    far: ({ name, back }) => ({
      message: `With \`${word}\` a cell looks back one position, but this reads \`${name}\` ${back} positions away.`,
      label: `${back} positions away`,
      hint: `Carry it along by names of their own: \`${name}1[t] = ${name}[t-1]\`, read at \`t-1\`.`,
    }),
    bothWays: ({ name, axis }) => ({
      message: `\`${name}\` is read before and after \`${axis}\`, so that \`${word}\` has no one last value of it.`,
      label: "read the other way, too",
    }),
    severalAxes: ({ cell, axes }) => ({
      message: `\`${cell}\` runs along ${list(axes)}; \`${word}\` needs one axis.`,
      label: "of which axis the last value is meant is not said",
      hint: `A mask over one of them, \`${word} m[${axes[0]}]\`, means that one.`,
    }),
    otherAxis: ({ name, axis }) => ({
      message: `What stands behind \`${word}\` varies along \`${axis}\`, along which the state \`${name}\` is one and the same.`,
      label: `varies along \`${axis}\``,
    }),
  });
