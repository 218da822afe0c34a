import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { callableNames } from "../../src/elaborate/functions.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "../../src/syntax/print.ts";
import type { Program } from "../../src/syntax/tree.ts";
import { namesIn, standardCells } from "../programs/declarations.ts";

/** What the compiler calls its own in the circuits that it makes. */
export const ofCircuits: ReadonlyArray<string> =
  "state train memory context given steps step position resume rate clip direction".split(" ");

/** What the compiler, the run time and their languages call things of their own. */
const hazards: ReadonlyArray<string> = [
  ...ofCircuits,
  // of the module
  ..."loss norm gradient outputs update distribution probability mean deviation logProbabilities".split(" "),
  ..."init pack forward start generate trainer params batch size lengths longest values seed".split(" "),
  ..."inputs targets noises data shape axes prefix temperature choose topK topP search beam keep of length index input0 constants".split(
    " ",
  ),
  // of generated text and the run time
  ..."M L d o D e s p B b0 block0 arena offsets plan planOf run leaves results product keptPanels rounded".split(" "),
  ..."programs stream generation newRunner refusal ownValue portableExp exports memories kernel".split(" "),
  // of JavaScript
  ..."__proto__ constructor prototype toString valueOf hasOwnProperty isPrototypeOf __defineGetter__".split(" "),
  ..."var class function return new this null true false undefined NaN Infinity await async eval arguments".split(" "),
  ..."const while do delete void yield static enum default export typeof switch case super try throw".split(" "),
  ..."Object Array Math Float64Array Float32Array WebAssembly globalThis Function Error JSON Map".split(" "),
  // of functions, types and distributions
  ..."exp log sqrt sin cos abs max min tanh sum dot pow floor random PI symbol R categorical normal bernoulli".split(
    " ",
  ),
  ..."glorot he orthogonal uniform identity std LSTM GRU RNN".split(" "),
  // of the language where they are no keywords, of C and Python
  ..."weight fixed when reset grad mod as to of T t x".split(" "),
  ..."int float double char struct main printf None def self lambda pass".split(" "),
  // other letters
  ..."x' x'' α é ñ_1 _ __ _0".split(" ").filter((name) => name !== "_"),
];

/** A program under other names: of each name it had, the new one. */
export interface Renamed {
  readonly source: string;
  readonly names: ReadonlyMap<string, string>;
}

/** The program under names drawn from such; functions and cells that it calls keep theirs. */
export const renamings = (source: string): fc.Arbitrary<Renamed> => {
  const program = parsed(source);
  const fixed = new Set(["_", "std", ...callableNames, ...words, ...standardCells].filter(isIn(namesIn(program))));
  const own = [...new Set(ownNames(program))].filter((name) => !fixed.has(name));
  const free = (names: ReadonlyArray<string>) => names.filter((name) => !fixed.has(name));
  const [first, rest] = [free(ofCircuits), free(hazards)];
  return fc
    .tuple(
      fc.shuffledSubarray(own, { minLength: own.length }),
      fc.shuffledSubarray(first),
      fc.shuffledSubarray(rest, { minLength: own.length }),
    )
    .map(([order, some, others]) => {
      const drawn = [...new Set([...some, ...others])];
      const names = new Map(order.map((name, i) => [name, drawn[i]!]));
      return { source: print(renamedTree(program, names)), names };
    });
};

const words = ["categorical", "bernoulli", "normal", "uniform", "glorot", "he", "orthogonal", "identity"];

const isIn = (names: ReadonlyArray<string>) => (name: string) => names.includes(name);

const parsed = (source: string): Program =>
  E.getOrElse((problems): Program => {
    throw new Error(JSON.stringify(problems));
  })(parse(source, ""));

/** All names but the states of cells that `with` speaks of. */
const ownNames = (part: unknown): ReadonlyArray<string> => namesIn(withoutStates(part));

const withoutStates = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(withoutStates);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === "with" && Array.isArray(value)
        ? value.map((override) => ({ value: override.value }))
        : withoutStates(value),
    ]),
  );
};

/** A part of a tree with each name's text replaced, but for the states of cells that `with` speaks of. */
const renamedTree = <A>(part: A, names: ReadonlyMap<string, string>): A => {
  const walk = (value: unknown, isState: boolean): unknown => {
    if (Array.isArray(value)) return value.map((entry) => walk(entry, isState));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        key,
        key === "text" && typeof entry === "string" && !isState
          ? (names.get(entry) ?? entry)
          : key === "with" && Array.isArray(entry)
            ? entry.map((override) => ({ ...walkAll(override), variable: override.variable }))
            : walk(entry, isState),
      ]),
    );
  };
  const walkAll = (value: object): object => walk(value, false) as object;
  return walk(part, false) as A;
};
