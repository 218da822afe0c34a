import * as t from "io-ts";
import type { Programs } from "../runtime/program.ts";
import type { ModuleContents, ExportName as Name } from "./contents.ts";
import { initialisersText } from "./initialisers.ts";

interface ExportRule {
  /** The programs that it runs. */
  readonly runs: ReadonlyArray<keyof Programs>;
  /** The function, as an expression of the run time's. */
  readonly text: (parts: ModuleContents) => string;
  /** Whether a model that has the programs can have it: by default, yes. */
  readonly suits?: (parts: ModuleContents) => boolean;
  /** What a model must be to have it, and what one is that has it not. */
  readonly lacking: readonly [expected: string, found: string];
}

const always: ExportRule["lacking"] = ["a model", "none"];
const withLoss: ExportRule["lacking"] = ["a model with a loss (a ~ or minimize)", "none"];
const stepped: ExportRule["lacking"] = ["a model that only looks back", "one that cannot be stepped"];

const rules: { readonly [name in ExportName]: ExportRule } = {
  init: { runs: [], text: ({ model: { params } }) => `newInit(model, ${initialisersText(params)})`, lacking: always },
  pack: { runs: [], text: () => "newPack(model)", lacking: always },
  forward: { runs: ["forward"], text: () => "newForward(model, programs.forward)", lacking: always },
  loss: { runs: ["loss"], text: () => "newLoss(model, programs.loss)", lacking: withLoss },
  gradient: { runs: ["gradient"], text: () => "newGradient(model, programs.gradient, stepping)", lacking: withLoss },
  start: { runs: ["start", "step"], text: () => "stepping.start", lacking: stepped },
  step: { runs: ["start", "step"], text: () => "newStep(model, stepping)", lacking: stepped },
  stream: {
    runs: ["start", "process"],
    text: () => "newStreams(model, programs)",
    suits: ({ model: { outputs, streamable } }) => outputs.some(({ indices }) => indices.includes(`${streamable}`)),
    lacking: ["a model that only looks back, with an output along its axis", "another"],
  },
  generate: {
    runs: ["start", "step"],
    text: (parts) => `newGenerate(model, generation, stepping, ${functionText(parts)("search")})`,
    suits: ({ generation }) => generation !== null,
    lacking: ["a model with a ~ along the axis it streams along", "none"],
  },
  search: {
    runs: ["start", "step"],
    text: () => "newSearch(model, generation, stepping)",
    suits: ({ generation, model: { randoms } }) =>
      generation !== null &&
      randoms.every(({ target, family }) => family !== "normal" || !generation.rounds.flat().includes(target)),
    lacking: ["a model of which every ~ along the axis it streams along is of symbols or truths", "another"],
  },
  trainer: {
    runs: ["train"],
    text: () => "newTraining(model, programs.train, programs.descend)",
    lacking: ["a model compiled with an optimiser and a loss", "none"],
  },
};

export const exportNames = Object.keys(rules) as ReadonlyArray<ExportName>;

export const ExportName: t.Type<ExportName> = t.keyof(rules);
export type ExportName = Name;

/** The programs that a module with these functions needs. */
export const programsOf = (wanted: ReadonlyArray<ExportName>, isThreaded: boolean): ReadonlyArray<keyof Programs> => [
  ...new Set(wanted.flatMap((name) => programsTogether(name, wanted, isThreaded))),
];

/** On several threads a training step is a gradient, in which they take part, and a descent along it. */
const runsOf = (name: ExportName, isThreaded: boolean): ReadonlyArray<keyof Programs> =>
  rules[name].runs.flatMap((run) => (run === "train" && isThreaded ? (["gradient", "descend"] as const) : [run]));

/** A trainer goes along given gradients where there is a function that gives them. */
const descending: ReadonlyArray<ExportName> = ["gradient", "trainer"];

/** The programs of the functions that share something with one: those that step share their stream. */
export const programsTogether = (
  name: ExportName,
  exports: ReadonlyArray<ExportName>,
  isThreaded: boolean,
): ReadonlyArray<keyof Programs> => [
  ...runsOf(name, isThreaded),
  ...(name === "trainer" && !isThreaded && descending.every((each) => exports.includes(each))
    ? (["descend"] as const)
    : []),
];

/** The stream that the functions share, if the module has its programs. */
export const streamText = ({ programs }: ModuleContents): string =>
  programs.step === undefined ? "undefined" : "newStream(model, programs)";

/** The expression of a function; of one that the model cannot have, or does not export, a function that refuses. */
export const functionText =
  (parts: ModuleContents) =>
  (name: ExportName): string => {
    const { exports, programs, threads } = parts;
    const { text, suits = () => true, lacking } = rules[name];
    if (!exports.includes(name))
      return refusal(`a model compiled with the export ${name}`, `one with ${exports.join(", ") || "none"}`);
    return runsOf(name, threads !== undefined).every((run) => programs[run] !== undefined) && suits(parts)
      ? text(parts)
      : refusal(...lacking);
  };

const refusal = (expected: string, found: string): string =>
  `newRefusal(model, ${JSON.stringify(expected)}, ${JSON.stringify(found)})`;
