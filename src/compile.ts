import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import type { Circuit } from "./circuit/circuit.ts";
import type { Model } from "./circuit/model.ts";
import { withoutNothing } from "./circuit/optimisation.ts";
import { elaborate } from "./elaborate/elaborate.ts";
import type { Load } from "./elaborate/library.ts";
import { backEnds } from "./emit/back-ends.ts";
import { dimsAt, elementsOf } from "./loops/memory/arena.ts";
import { asked, withFrozen, withInputs, withLoss } from "./module/asked.ts";
import type { CContents } from "./module/c/contents.ts";
import { cPrograms } from "./module/c/programs.ts";
import { cText } from "./module/c/text.ts";
import { type Circuits, circuitsFor, circuitsOf } from "./module/circuits.ts";
import type { Compiled } from "./module/compiled.ts";
import type { ModuleContents } from "./module/contents.ts";
import { declarationText } from "./module/declaration.ts";
import { programsOf } from "./module/exports.ts";
import { lazyFunctions } from "./module/functions.ts";
import { generationOf } from "./module/generation.ts";
import { holdingOf } from "./module/holding.ts";
import { modelInfo } from "./module/info.ts";
import type { CompileOptions } from "./module/options.ts";
import { choicesFor, loopsOf, moduleProgram, type ProgramSettings, type ProgramTexts } from "./module/programs.ts";
import { type Settings, settingsOf } from "./module/settings.ts";
import { moduleText } from "./module/text.ts";
import { once } from "./once.ts";
import { noOtherFiles, withStandardLibrary } from "./std/load.ts";
import type { Diagnostic } from "./syntax/diagnostic.ts";
import { parse } from "./syntax/parse.ts";

export type { Compiled } from "./module/compiled.ts";
export { CompileOptions } from "./module/options.ts";

/**
 * The whole compiler; `load` finds the programs that a user imports. After `elaborate` the program is right: a later
 * failure is a fault of ours.
 */
export const compile = (
  source: string,
  options: CompileOptions = {},
  load: Load = noOtherFiles,
): E.Either<NonEmptyArray<Diagnostic>, Compiled> =>
  pipe(
    asked(source, options, load),
    E.flatMap(({ file = "model.rnn", model, statics = {}, freeze = [], ...rest }) => {
      const settings = settingsOf({ ...rest, without: new Set(rest.without) });
      return pipe(
        parse(source, file),
        E.flatMap(elaborate({ statics, load: withStandardLibrary(load), ...(model === undefined ? {} : { model }) })),
        E.flatMap(withInputs(settings.wrt, file)),
        E.flatMap(withFrozen(freeze, file)),
        E.flatMap(withLoss(settings.loss, file)),
        E.map(compileModel(settings)),
      );
    }),
  );

/** From a model on: its circuits, which are differentiated and simplified; their loops; what prints them; the module. */
export const compileModel =
  (settings: Settings) =>
  (elaborated: Model): Compiled => {
    const { precision, target, exports, without, memory, threads } = settings;
    const isThreaded = threads > 1;
    const choices = choicesFor(settings);
    const model = modelInfo(elaborated, settings);

    const circuits = once(() => circuitsOf(elaborated, settings));
    const contentsOf = (programs: ReadonlyArray<keyof Circuits>): ModuleContents => ({
      model,
      generation:
        programs.includes("step") && exports.some((name) => name === "generate" || name === "search")
          ? generationOf(elaborated, circuits().step)
          : null,
      exports,
      ...(isThreaded ? { threads: { count: threads, scale: settings.loss } } : {}),
      ...programTexts(circuitsFor(programs, circuits()), settings),
    });
    const cWith = (weights?: CContents["weights"]) => {
      // Who calls C has threads of their own.
      const beginning = exports.includes("stream") ? "apart" : "together";
      const made = circuitsOf(elaborated, { ...settings, threads: 1, beginning });
      const alone = circuitsFor(programsOf(exports, false), made);
      const isDrawing = exports.some((name) => name === "generate" || name === "search");
      const generation = isDrawing ? generationOf(elaborated, alone.step) : null;
      return cText({ model, exports, generation, weights, programs: cPrograms(alone, settings) }, without);
    };
    const c = once(() => cWith());
    const holding = once(() => holdingOf(model, elaborated, settings, programTexts));
    return {
      model,
      ...lazyFunctions(exports, isThreaded, contentsOf),
      elaborated,
      without,
      memory,
      choices,
      bytes: (program, sizes) => {
        const circuit = circuits()[program];
        if (circuit === undefined) return 0;
        const loops = loopsOf(program, circuit, choices);
        const dims = dimsAt(loops, sizes);
        const elements = elementsOf(loops, dims) + backEnds[target].besides(loops, { precision, without }, dims);
        return elements * (precision === "f32" ? 4 : 8);
      },
      holding: (...given) => holding()(...given),
      warnings: elaborated.warnings,
      get circuits() {
        return circuits();
      },
      get moduleText() {
        return moduleText(contentsOf(programsOf(exports, isThreaded)));
      },
      get c() {
        return c();
      },
      cOf: (params, storage) => cWith({ params, storage }),
      get declarationText() {
        return declarationText(model, settings);
      },
    };
  };

/** From circuits, which have a batch, to loops, and from loops to text. */
export const programTexts = <Circuits extends object>(
  circuits: Circuits,
  settings: ProgramSettings,
): ProgramTexts<Circuits> => {
  const { precision, target, without = withoutNothing, names = false } = settings;
  const entries: ReadonlyArray<readonly [string, Circuit]> = Object.entries(circuits);
  const loops = entries.map(([name, circuit]) => ({
    name,
    program: loopsOf(name, circuit, choicesFor(settings)),
    isLean: name === "process",
  }));
  const { support, programs } = backEnds[target].print(loops, { precision, without, names });
  const texts = entries.map(([name, circuit], i) => [name, moduleProgram(circuit, programs[i]!)] as const);
  return { support, programs: Object.fromEntries(texts) as ProgramTexts<Circuits>["programs"] };
};
