import type { Model } from "../circuit/model.ts";
import { type Without, withoutNothing } from "../circuit/optimisation.ts";
import { once } from "../once.ts";
import { elementsOf } from "../schedule/arena.ts";
import type { Choices } from "../schedule/choices.ts";
import type { Memory } from "../schedule/memory.ts";
import { schedule } from "../schedule/schedule.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import { streamAxis } from "../transform/stream.ts";
import { declarationText } from "./declaration.ts";
import { type ExportName, exportNames, programsOf } from "./exports.ts";
import { type Holding, holdingOf } from "./holding.ts";
import { instantiate } from "./instantiate.ts";
import type { CompiledModel, Precision } from "./interface.ts";
import { moduleText } from "./module.ts";
import { type CircuitOptions, type Circuits, circuitsOf } from "./module-circuits.ts";
import { generationOf } from "./module-generation.ts";
import { modelInfo } from "./module-info.ts";
import type { ModuleParts } from "./module-parts.ts";
import { choicesFor, defaultTarget, programTexts, type Target } from "./program.ts";

/** A compiled model: its functions, its texts, and the circuits they were made of; each is made when first used. */
export interface Compiled extends CompiledModel {
  readonly moduleText: string;
  readonly declarationText: string;
  readonly elaborated: Model;
  readonly circuits: Circuits;
  /** The optimisations that were switched off. */
  readonly without: Without;
  readonly memory: Memory;
  /** How the programs are scheduled. */
  readonly choices: Choices;
  /** The bytes of all buffers of a program, for a batch of so many examples with these greatest lengths. */
  readonly bytes: (
    program: keyof Circuits,
    sizes: { readonly batch: number; readonly lengths: Readonly<Record<string, number>> },
  ) => number;
  /** For comparing the gradient with differences. */
  readonly holding: Holding;
  readonly warnings: ReadonlyArray<Diagnostic>;
}

/** From an elaborated model on, nothing can go wrong but by a fault of ours. */
export const compileModel =
  (
    options: CircuitOptions & {
      readonly precision: Precision;
      readonly target?: Target | undefined;
      readonly memory?: Memory | undefined;
      /** The functions that are wanted; by default all. */
      readonly exports?: ReadonlyArray<ExportName> | undefined;
      readonly names?: boolean;
    },
  ) =>
  (elaborated: Model): Compiled => {
    const {
      precision,
      target = defaultTarget(precision),
      without = withoutNothing,
      memory = "full",
      names = false,
    } = options;
    const programOptions = { precision, target, without, memory, names };
    const choices = choicesFor(programOptions);
    const exports = exportNames.filter((name) => options.exports?.includes(name) ?? true);
    const circuits = once(() => circuitsOf(elaborated, options));
    const info = modelInfo(elaborated, precision, streamAxis(elaborated.circuit), options.optimiser);
    const parts = once(
      (): ModuleParts => ({
        model: info,
        generation: generationOf(elaborated, circuits().step),
        exports,
        ...programTexts(pick(circuits(), programsOf(exports)), programOptions),
      }),
    );
    const holding = once(() => holdingOf(info, elaborated, { ...options, ...programOptions }));
    const closures = once(() => instantiate(parts()));
    return {
      model: info,
      init: (...given) => closures().init(...given),
      pack: (...given) => closures().pack(...given),
      forward: (...given) => closures().forward(...given),
      loss: (...given) => closures().loss(...given),
      gradient: (...given) => closures().gradient(...given),
      start: (...given) => closures().start(...given),
      step: (...given) => closures().step(...given),
      generate: (...given) => closures().generate(...given),
      trainer: (...given) => closures().trainer(...given),
      elaborated,
      without,
      memory,
      choices,
      bytes: (program, sizes) => {
        const circuit = circuits()[program];
        const elements = circuit === undefined ? 0 : elementsOf(schedule(circuit, choices), sizes);
        return elements * (precision === "f32" ? 4 : 8);
      },
      holding: (...given) => holding()(...given),
      warnings: elaborated.warnings,
      get circuits() {
        return circuits();
      },
      get moduleText() {
        return moduleText(parts());
      },
      get declarationText() {
        return declarationText(info, exports);
      },
    };
  };

const pick = (circuits: Circuits, names: ReadonlyArray<keyof Circuits>): Partial<Circuits> => {
  const isWanted = (name: string): name is keyof Circuits => names.some((wanted) => wanted === name);
  return Object.fromEntries(
    Object.keys(circuits)
      .filter(isWanted)
      .map((name) => [name, circuits[name]]),
  );
};
