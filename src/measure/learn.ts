import type { DeclaredVariable } from "../data/coding/declared.ts";
import type { Stretch } from "../data/coding/values.ts";
import type { Prediction } from "../data/predicted.ts";
import type { Example, ModelInfo } from "../runtime/interface.ts";
import type { Baseline, Pupil } from "./baselines.ts";
import { countedIn, weightsIn } from "./observations.ts";
import { pastOf } from "./past.ts";
import { realPupil } from "./real-baselines.ts";
import { eachChunk, type Situations } from "./situation.ts";
import { symbolPupil } from "./symbol-baselines.ts";
import type { Kind, MeasuredTarget } from "./target.ts";

/** What baselines are taught by: the training part, and nothing else. */
export interface Lessons {
  /** The model that tells weights. */
  readonly model: ModelInfo;
  readonly declared: ReadonlyArray<DeclaredVariable>;
  readonly stretch: Stretch;
  readonly training: Situations;
  /** What values weigh, if the program says so. */
  readonly weigh: ((examples: ReadonlyArray<Example>) => ReadonlyArray<Prediction>) | undefined;
  /** After how many values series repeat themselves, if that is known. */
  readonly season: number | undefined;
}

/** What is wrong with a season that is given, if it is. */
export const seasonProblem = (
  { model, declared, stretch }: Pick<Lessons, "model" | "declared" | "stretch">,
  targets: ReadonlyArray<MeasuredTarget>,
  season: number,
): string | undefined => {
  const isSeries = (target: MeasuredTarget): boolean =>
    target.kind === "reals" && pastOf(model, declared, stretch, target) !== undefined;
  if (!targets.some(isSeries)) return `--season ${season}: no target of ${model.name} is a series of numbers`;
  const { window, ahead } = stretch;
  return window !== undefined && season >= window + ahead
    ? `--season ${season}: a window of ${window} rows and ${ahead} ahead do not reach so far back`
    : undefined;
};

/** Of each target its baselines. */
export type Taught = ReadonlyMap<MeasuredTarget, ReadonlyArray<Baseline>>;

export const taughtBy = (lessons: Lessons, targets: ReadonlyArray<MeasuredTarget>): Taught => {
  const pupils = targets.map((target) => ({ target, ...pupilOf[target.kind](lessons, target) }));
  eachChunk(lessons.training, 64, (chunk) => {
    const weights = lessons.weigh?.(chunk.map(({ example }) => example));
    for (const [i, situation] of chunk.entries())
      for (const { target, teach } of pupils) {
        const of = weights && weightsIn(lessons.model, target, weights[i]!);
        teach(situation, countedIn(target, situation.example, of));
      }
  });
  return new Map(pupils.map(({ target, taught }) => [target, taught()]));
};

/** No longer season is looked for where no window says what is seen. */
const longest = 400;

const symbols = ({ model, declared }: Lessons, target: MeasuredTarget): Pupil => symbolPupil(model, declared, target);

const pupilOf: { readonly [K in Kind]: (lessons: Lessons, target: MeasuredTarget) => Pupil } = {
  classes: symbols,
  characters: symbols,
  words: symbols,
  reals: ({ model, declared, stretch, season }, target) =>
    realPupil(target, pastOf(model, declared, stretch, target), { given: season, most: stretch.window ?? longest }),
};
