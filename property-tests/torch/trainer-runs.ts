import { join } from "node:path";
import type { Params } from "../../src/runtime/interface.ts";
import type { LossScale } from "../../src/transform/batch-loss.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { compiledProgram } from "../property/programs.ts";
import { apart, exportedTrainer, logOf, type Run, weightsIn } from "./trained.ts";

/** Lengths of their own, targets that are missing, noise, values that count more than others, and a parameter that stays. */
const mixed = `model Mixed(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
  input s : symbol[4]
  noise m[t] : bernoulli(0.7)
  param E : R[4,n] ~ normal(0, 0.3)
  param W, U, v, b
  param g : R[n] ~ normal(0, 1)
  h[0] = E[s] + g
  h[t] : R[n] = tanh(W h[t-1] + U x[t] + b)
  y[t] ~ normal(m[t] * v^T h[t], 0.5) weight 0.5 + y[t] * y[t]
}`;

const numbers = (seed: number) => (i: number) => Math.sin(12.9898 * (i + 1) + 78.233 * seed);

/** Seven, so that batches of three leave one, and one of them is empty. */
export const rows = Array.from({ length: 7 }, (_, i) => {
  const at = numbers(i);
  const length = [3, 0, 5, 1, 4, 2, 3][i]!;
  const example = { s: i % 4, x: Array.from({ length }, (_, t) => [at(2 * t), at(2 * t + 1)]) };
  // Of one example no target is known, of another some.
  return i === 4
    ? example
    : { ...example, y: Array.from({ length }, (_, t) => (i === 2 && t % 2 === 0 ? null : at(40 + t))) };
});

const model = compiledProgram(mixed, { freeze: ["g"] });
export const params: Params = model.init(3);

export type Script = ReturnType<typeof exportedTrainer>;

export const scriptOf = (loss: LossScale): Script => exportedTrainer(model, loss, params, rows);

export const outputOf = ({ folder }: Pick<Script, "folder">, name: string): string => join(folder, name);

/** Batches of 3, so that of 4 processes some have no example. */
export const runOf = (script: Script, name: string, world: number, dies?: number): Run => ({
  script: script.script,
  world,
  words: [
    ...["--data", script.data, "--held-out", script.data, "--output", outputOf(script, name)],
    ...["--steps", "20", "--batch", "3", "--precision", "f64", "--warmup", "3", "--cpu"],
    ...["--save-every", "6", "--evaluate-every", "10"],
  ],
  ...(dies === undefined ? {} : { dies }),
});

/** How far two trainings are apart: what they logged, and what they wrote. */
export const trainingsApart = (one: string, other: string): number =>
  Math.max(
    apart(curveOf(one), curveOf(other)),
    ...["weights", "best", "checkpoint"].map((name) => {
      const [expected, found] = [one, other].map((folder) => weightsIn(join(folder, `${name}.safetensors`)));
      return filesApart(expected!, found!);
    }),
  );

type Tensors = Readonly<Record<string, ArrayLike<number>>>;

const filesApart = (expected: Tensors, found: Tensors): number =>
  Math.max(
    ...[...new Set([...Object.keys(expected), ...Object.keys(found)])].map((path) =>
      apart(Array.from(expected[path] ?? []), Array.from(found[path] ?? [])),
    ),
  );

const curveOf = (folder: string): ReadonlyArray<number> =>
  logOf(folder).flatMap(({ step, epoch, loss, heldOut, norm, rate }) => [
    ...[step, epoch, loss!, heldOut ?? 0, norm!, rate!],
  ]);

export const ruleNames = Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>;

const [steps, rate, clip] = [20, 0.05, 0.3];

/** All examples at once and no chance, as rnnc itself trains: the run, and how far its end is from rnnc's. */
export const besideRnnc = (optimiser: OptimiserName): { readonly run: Run; readonly apart: () => number } => {
  const settings = { optimiser, loss: "perObservation", freeze: ["g"] } as const;
  const compiled = compiledProgram(mixed.replace("bernoulli(0.7)", "bernoulli(1)"), settings);
  const script = exportedTrainer(compiled, settings.loss, params, rows);
  const output = outputOf(script, "out");
  const run = {
    script: script.script,
    world: 1,
    words: [
      ...["--data", script.data, "--output", output, "--optimiser", optimiser, "--steps", String(steps)],
      ...["--batch", "9", "--precision", "f64", "--rate", String(rate), "--decay", "constant", "--warmup", "0"],
      ...["--clip", String(clip), "--cpu"],
    ],
  };
  return {
    run,
    apart: () => {
      const trainer = compiled.trainer(params, optimiserRules[optimiser].constants);
      // To rnnc a target whose values are missing is a list of nothing.
      const batch = compiled.pack(rows.map((row) => ({ y: row.x.map(() => null), ...row })));
      const own = Array.from({ length: steps }, () => trainer.step(batch, { rate, clip }));
      const logged = logOf(output);
      const curve = logged.flatMap(({ step }) => [own[step - 1]!.loss, own[step - 1]!.norm]);
      return Math.max(
        logged.length === 2 ? 0 : Number.POSITIVE_INFINITY,
        apart(
          curve,
          logged.flatMap(({ loss, norm }) => [loss!, norm!]),
        ),
        filesApart(trainer.params(), weightsIn(join(output, "weights.safetensors"))),
      );
    },
  };
};
