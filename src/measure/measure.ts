import { valuesIn } from "../data/examples.ts";
import type { Prediction } from "../data/predicted.ts";
import type { Example, ModelInfo } from "../runtime/interface.ts";
import { type Estimate, estimated, type Resampling } from "./bootstrap.ts";
import { type ClassScore, type Confusion, confusionOf, scoresOf } from "./confusion.ts";
import type { Taught } from "./learn.ts";
import { type Metric, metrics } from "./metrics.ts";
import { lossOf, type Observations, observationsOf } from "./observations.ts";
import { overlapGauge } from "./overlap.ts";
import { eachChunk, type Situation, type Situations } from "./situation.ts";
import { ratio, type Statistic } from "./statistic.ts";
import type { MeasuredTarget } from "./target.ts";

/** A model, what it is measured on, and what it is measured beside. */
export interface Asked {
  /** The model that judges (`judged`). */
  readonly model: ModelInfo;
  readonly targets: ReadonlyArray<MeasuredTarget>;
  readonly situations: Situations;
  /** Runs the model; it is asked of every example once. */
  readonly predict: (examples: ReadonlyArray<Example>) => ReadonlyArray<Prediction>;
  readonly size: number;
  readonly baselines: Taught;
  readonly resampling: Resampling;
}

export interface Report {
  readonly examples: number;
  /** Of how many in a row the blocks are that are drawn anew for intervals: more than one of windows that overlap. */
  readonly block: number;
  /** In nats per value that is given, as in training. */
  readonly loss: Estimate;
  readonly targets: ReadonlyArray<TargetReport>;
}

export interface TargetReport {
  readonly target: MeasuredTarget;
  readonly observations: number;
  /** The model, then each baseline. */
  readonly rows: ReadonlyArray<Row>;
  /** Of classes: how well the model tells each, and what it takes each for. */
  readonly classes: { readonly scores: ReadonlyArray<ClassScore>; readonly confusion: Confusion } | undefined;
}

export interface Row {
  readonly name: string;
  /** Of each metric of the target's kind; nothing where it cannot be told. */
  readonly estimates: ReadonlyArray<Estimate | undefined>;
}

export const measured = ({ model, targets, situations, predict, size, baselines, resampling }: Asked): Report => {
  const judges = targets.flatMap((target) => [
    { target, name: "model", says: undefined },
    ...(baselines.get(target) ?? []).map((baseline) => ({ target, ...baseline })),
  ]);
  const observed = judges.map((): Observations[] => []);
  const [losses, values]: [number[], number[]] = [[], []];
  const overlap = overlapGauge();
  const look = (situation: Situation, prediction: Prediction): void => {
    const { example } = situation;
    overlap.add(situation);
    losses.push(lossOf(model, example, prediction));
    values.push(valuesIn(model, example));
    const own = new Map(targets.map((target) => [target, observationsOf(model, target, example, prediction)]));
    for (const [i, { target, says }] of judges.entries()) {
      const seen = own.get(target)!;
      observed[i]!.push(says === undefined ? seen : { ...seen, said: says(situation, seen.places) });
    }
  };
  eachChunk(situations, size, (chunk) => {
    const predictions = predict(chunk.map(({ example }) => example));
    for (const [i, situation] of chunk.entries()) look(situation, predictions[i]!);
  });
  const statistics = judges.map(({ target }, i) => metrics[target.kind].map(({ of }: Metric) => of(observed[i]!)));
  const sample = { examples: situations.count, block: overlap.most() };
  const [loss, ...estimates] = together(sample, [ratio(losses, values), ...statistics.flat()], resampling);
  let next = 0;
  const rows = judges.map(({ target, name }, i) => ({
    target,
    name,
    observed: observed[i]!,
    estimates: statistics[i]!.map(() => estimates[next++]),
  }));
  return {
    ...sample,
    loss: loss!,
    targets: targets.map((target) => {
      const own = rows.filter((row) => row.target === target);
      const [{ observed: seen }] = own as [(typeof own)[0]];
      const confusion = confusionOf(seen);
      return {
        target,
        observations: seen.reduce((total, { places }) => total + places.length, 0),
        rows: own.map(({ name, estimates: told }) => ({ name, estimates: told })),
        classes: target.kind === "classes" ? { scores: scoresOf(confusion), confusion } : undefined,
      };
    }),
  };
};

/** All statistics that there are, with the same draws; nothing in the place of one that there is not. */
const together = (
  { examples, block }: Pick<Report, "examples" | "block">,
  statistics: ReadonlyArray<Statistic | undefined>,
  resampling: Resampling,
): ReadonlyArray<Estimate | undefined> => {
  const there = statistics.flatMap((statistic, i) => (statistic === undefined ? [] : [{ statistic, i }]));
  const found = estimated(
    examples,
    there.map(({ statistic }) => statistic),
    resampling,
    block,
  );
  const at = new Map(there.map(({ i }, k) => [i, found[k]!]));
  return statistics.map((_, i) => at.get(i));
};
