import { existsSync } from "node:fs";
import { resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { LoadAnswer, type LoadedClass } from "../export/verify/answers.ts";
import { lengthNames } from "../export/verify/batch.ts";
import { hasEmpty, lengthsDrawn, withoutEmpty } from "../export/verify/lengths.ts";
import { type Conversation, startPython } from "../export/verify/python.ts";
import type { CaseSpec } from "../export/verify/shrink.ts";
import { identifierOf } from "../mangle.ts";
import type { ModelInfo } from "../runtime/interface.ts";
import { staticsOf } from "../syntax/statics.ts";
import { type Failure, usageError } from "./failure.ts";
import { readProgram, type Source } from "./program.ts";
import { notToldBefore, smallest, smallSizes } from "./small-sizes.ts";
import type { Terminal } from "./terminal.ts";
import { type DrawnCase, drawnCase, type Outcome, type RunCase, runCases } from "./verify-cases.ts";
import type { VerifyOptions } from "./verify-options.ts";
import { raisedText } from "./verify-raised.ts";
import { causesOf, differs, type Settings, smallestOf } from "./verify-search.ts";
import { compiledAt, type Setting, settingAt, type Verification } from "./verify-setting.ts";
import { type Verdict, verdictTold } from "./verify-told.ts";

/** `rnnc verify FILE --against MODEL.py`: a user's own module of PyTorch beside the model. */
export const verify =
  (terminal: Terminal) =>
  async (file: string, options: VerifyOptions): Promise<E.Either<Failure, void>> => {
    const source = readProgram(file);
    if (E.isLeft(source)) return source;
    if (!existsSync(options.against))
      return E.left(usageError(`I cannot read ${options.against}: there is no such file`));
    const model = modelOf(terminal, source.right, options);
    if (E.isLeft(model)) return model;
    const python = await startPython(terminal.err, options.timeLimit);
    if (E.isLeft(python)) return E.left(usageError(python.left));
    try {
      const verdict = await verdictBy(terminal, source.right, options, model.right, python.right);
      return E.isLeft(verdict) ? verdict : verdictTold(terminal, options, verdict.right);
    } finally {
      python.right.end();
    }
  };

/** The model at whatever sizes, before Python is started: its errors are told first, and its names are the same at all sizes. */
const modelOf = (terminal: Terminal, source: Source, options: VerifyOptions): E.Either<Failure, ModelInfo> => {
  const statics = staticsOf(source.text, source.file, options.model);
  const open = statics.filter(({ name, hasDefault }) => !hasDefault && !Object.hasOwn(options.set, name));
  return pipe(
    compiledAt({ terminal, source, options, isTold: () => false }, smallSizes(open, options.seed)),
    E.map(({ model }) => model),
  );
};

const verdictBy = async (
  terminal: Terminal,
  source: Source,
  options: VerifyOptions,
  model: ModelInfo,
  python: Conversation,
): Promise<E.Either<Failure, Verdict>> => {
  const loaded = await loadedClass(options, model, python);
  if (E.isLeft(loaded)) return loaded;
  const statics = staticsOf(source.text, source.file, options.model);
  const of = { terminal, source, options, python, loaded: loaded.right, statics, isTold: notToldBefore() };
  const settings = remembered((sizes) => settingAt(of, sizes));
  const single = separateLengths(of, model);
  const drawn = await drawnCases(of, model, settings, single);
  if (E.isLeft(drawn)) return drawn;
  const outcomes = await runCases(of, [...drawn.right, ...Array.from({ length: repeats }, () => drawn.right[0]!)]);
  if (E.isLeft(outcomes)) return outcomes;
  return judged(of, { model: model.name, module: loaded.right.name }, outcomes.right, (found) =>
    smallestOf(of, settings, found, single),
  );
};

/** So often the first case is run again at last: a module may keep what it was given. */
const repeats = 6;

const judged = async (
  of: Verification,
  named: Pick<Verdict, "model" | "module">,
  outcomes: ReadonlyArray<Outcome>,
  shrink: (found: RunCase) => Promise<RunCase>,
): Promise<E.Either<Failure, Verdict>> => {
  const isOfEmpty = ({ drawn }: { readonly drawn: DrawnCase }): boolean => hasEmpty(drawn.spec);
  const raised = outcomes.flatMap((outcome) => (E.isLeft(outcome) ? [outcome.left] : []));
  const fatal = raised.find((each) => !isOfEmpty(each));
  if (fatal !== undefined) return E.left(usageError(raisedText(of.options.against, fatal.raised)));
  const all = outcomes.map((outcome) => (E.isRight(outcome) ? outcome.right : undefined));
  const cases = all.slice(0, -repeats).filter((one) => one !== undefined);
  const notes = raised
    .slice(0, 1)
    .map(
      (each) =>
        `Not compared: a batch with an empty sequence, of which the module raises (${raisedText(of.options.against, each.raised)}); --shortest 1 leaves these out`,
    );
  const verdict = { ...named, cases, notes };
  const first = cases.find((one) => differs(of, one) && !isOfEmpty(one)) ?? cases.find((one) => differs(of, one));
  if (first !== undefined) {
    const least = await shrink(first);
    const causes = isOfEmpty(first)
      ? ["they agree wherever no sequence is empty: --shortest 1 leaves such batches out"]
      : await causesOf(of, cases, first, least);
    return E.right({ ...verdict, least, causes });
  }
  const again = all.slice(-repeats).find((one) => one !== undefined && differs(of, one));
  return E.right(
    again === undefined
      ? verdict
      : {
          ...verdict,
          cases: [...cases, again],
          least: again,
          causes: [
            "called again with the same parameters and data, the module says something else: does it keep what it was given from call to call?",
          ],
        },
  );
};

const loadedClass = async (
  options: VerifyOptions,
  model: ModelInfo,
  python: Conversation,
): Promise<E.Either<Failure, LoadedClass>> => {
  const lengths = lengthNames(model);
  const names = [...new Set([...model.inputs, ...model.targets].map(({ name }) => name)), ...lengths];
  const spelled = names.map((name) => [identifierOf(name), name] as const).filter(([alias]) => !names.includes(alias));
  const [only, ...others] = lengths;
  const whole =
    only === undefined || others.length > 0 || names.includes("lengths") ? [] : [["lengths", only] as const];
  const question = {
    ask: "load",
    file: resolve(options.against),
    class: options.class ?? null,
    alike: model.name,
    names,
    aliases: Object.fromEntries([...whole, ...spelled]),
  };
  const answer = await python.ask(question, LoadAnswer);
  if (E.isLeft(answer)) return E.left(usageError(answer.left));
  return "failure" in answer.right
    ? E.left(usageError(raisedText(options.against, answer.right.failure)))
    : E.right(answer.right);
};

const remembered = (make: Settings): Settings => {
  const known = new Map<string, ReturnType<Settings>>();
  return (sizes) => {
    const key = JSON.stringify(sizes);
    const value = known.get(key) ?? make(sizes);
    known.set(key, value);
    return value;
  };
};

/** A module that is not given a length cannot mind it: then all examples of a batch share it. */
const separateLengths = ({ loaded, options }: Verification, model: ModelInfo): ReadonlyArray<string> =>
  options.sameLength ? [] : lengthNames(model).filter((name) => loaded.uses === null || loaded.uses.includes(name));

/** Two cases after the other have their sizes in common: to compile takes longer than to run. */
const drawnCases = async (
  of: Verification,
  model: ModelInfo,
  settings: Settings,
  single: ReadonlyArray<string>,
): Promise<E.Either<Failure, ReadonlyArray<DrawnCase>>> => {
  const found: DrawnCase[] = [];
  const ragged = model.axes.flatMap(({ length, over }) => (over.length > 0 ? [length] : []));
  const lengths = {
    names: lengthNames(model),
    single,
    empty: of.options.shortest > 0 ? [] : single.filter((name) => !ragged.includes(name)),
    longest: of.options.longest,
  };
  for (let i = 0; i < of.options.times; i += 1) {
    const seed = of.options.seed + i;
    const at = await settingOfSeed(of, settings, of.options.seed + Math.floor(i / 2));
    if (E.isLeft(at)) return at;
    const { sizes, setting } = at.right;
    const examples = lengthsDrawn(lengths, seed, i);
    // Not every model takes an empty sequence.
    const drawn =
      drawnCase(setting, { seed, sizes, examples }) ??
      drawnCase(setting, { seed, sizes, examples: withoutEmpty(examples) });
    if (drawn === undefined) return E.left(usageError(`I find no data that ${model.name} takes`));
    found.push(drawn);
  }
  return E.right(found);
};

interface SizedSetting {
  readonly sizes: CaseSpec["sizes"];
  readonly setting: Setting;
}

/** All sizes that the constructor takes are drawn; then the large ones; then only those that nobody gives. */
const settingOfSeed = async (
  of: Verification,
  settings: Settings,
  seed: number,
): Promise<E.Either<Failure, SizedSetting>> => {
  const { statics, options, loaded } = of;
  const open = statics.filter(({ name }) => !Object.hasOwn(options.set, name));
  const isTaken = (name: string): boolean =>
    Object.values(options.arg).includes(name) ||
    loaded.arguments.some((given) => given.name === name || given.name === identifierOf(name));
  const missing = open.filter(({ hasDefault }) => !hasDefault);
  const unheard = missing.filter(({ name }) => !isTaken(name)).map(({ name }) => name);
  if (unheard.length > 0)
    return E.left(
      usageError(
        `${unheard.join(", ")}: a static parameter that is left open, and the constructor of ${loaded.name} does not take it: say --set ${unheard[0]}=4, or --arg NAME=${unheard[0]} where the constructor calls it otherwise`,
      ),
    );
  const sized = open.filter(
    ({ name, number }) => number !== null && Number.isInteger(number) && number > 0 && isTaken(name),
  );
  const large = sized.filter(({ number }) => number! > smallest.most);
  const tries = [[...missing, ...sized], [...missing, ...large], missing].map((chosen) => smallSizes(chosen, seed));
  let last: E.Either<Failure, SizedSetting> = E.left(usageError("there is nothing to try"));
  for (const sizes of tries) {
    const setting = await settings(sizes);
    if (E.isRight(setting)) return E.right({ sizes, setting: setting.right });
    last = setting;
  }
  return last;
};
