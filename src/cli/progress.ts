import { Presets, SingleBar } from "cli-progress";
import type { Training } from "../train/step.ts";
import type { Terminal } from "./terminal.ts";

export interface Progress {
  readonly show: (training: Training) => void;
  readonly stop: () => void;
}

export interface ProgressPlan {
  readonly begun: Training;
  readonly steps: number;
  /** What is read, and how much of it in a step. */
  readonly unit: string;
  readonly perStep: number;
  readonly showLoss: (nats: number) => string;
  /** Tells milliseconds. */
  readonly clock?: () => number;
}

/** Tells how a training comes on: a bar on a terminal, else a line now and then. */
export const startProgress = (terminal: Terminal, plan: ProgressPlan): Progress =>
  terminal.interactive ? bar(plan) : lines(terminal, plan);

const bar = (plan: ProgressPlan): Progress => {
  const { begun, steps, showLoss, clock = Date.now } = plan;
  const start = clock();
  const drawn = new SingleBar(
    {
      format: "{bar} {percentage}% | {told} | {eta_formatted} left",
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 50,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  drawn.start(steps, begun.step, { told: showLoss(Number.NaN) });
  return {
    show: (training) => drawn.update(training.step, { told: told(plan, training, clock() - start) }),
    stop: () => drawn.stop(),
  };
};

/** Without a terminal: a line about every ten seconds. */
const usualPause = 10_000;

/** Evaluations have a line of their own, but where they come thick and fast. */
const leastPause = 1_000;

const lines = (terminal: Terminal, plan: ProgressPlan): Progress => {
  const { begun, steps, clock = Date.now } = plan;
  const start = clock();
  let before = start;
  return {
    show: (training) => {
      const { step, watch } = training;
      const now = clock();
      const pause = watch.last?.step === step ? leastPause : usualPause;
      if (now - before < pause && step !== steps && !(step === begun.step + 1)) return;
      before = now;
      const left = Math.round((((now - start) / (step - begun.step)) * (steps - step)) / 1000);
      terminal.err(`step ${step} of ${steps}: ${told(plan, training, now - start)}, ${timeText(left)} left\n`);
    },
    stop: () => undefined,
  };
};

const told = ({ begun, unit, perStep, showLoss }: ProgressPlan, training: Training, milliseconds: number): string => {
  const { step, average, norm, watch } = training;
  const speed = Math.round((1000 * (step - begun.step) * perStep) / Math.max(1, milliseconds));
  return [
    showLoss(average),
    ...(watch.last === null ? [] : [`held-out ${showLoss(watch.last.heldOut)}${ofStep(watch.last.step, step)}`]),
    `gradient ${norm.toPrecision(3)}`,
    `${speed} ${unit}s/s`,
  ].join(", ");
};

/** What was measured before says so: the last step may be measured after its line. */
const ofStep = (measured: number, step: number): string => (measured === step ? "" : ` at step ${measured}`);

/** Seconds as people say them: `12 s`, `3 min 20 s`, `2 h 5 min`. */
export const timeText = (seconds: number): string => {
  const [whole, minutes] = [Math.round(seconds), Math.floor(Math.round(seconds) / 60)];
  if (whole < 60) return `${whole} s`;
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
