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
  readonly valuesPerStep: number;
  readonly unit: string;
  readonly showLoss: (nats: number) => string;
}

/** Tells how a training comes on: a bar on a terminal, else a line at every twentieth of the way. */
export const startProgress = (terminal: Terminal, plan: ProgressPlan): Progress =>
  terminal.interactive ? bar(plan) : lines(terminal, plan);

const bar = ({ begun, steps, valuesPerStep, unit, showLoss }: ProgressPlan): Progress => {
  const start = Date.now();
  const drawn = new SingleBar(
    {
      format: `{bar} {percentage}% | {loss} | {speed} ${unit}s/s | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 50,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  drawn.start(steps, begun.step, { loss: "-", speed: "-" });
  return {
    show: ({ step, average }) =>
      drawn.update(step, { loss: showLoss(average), speed: speedOf(start, (step - begun.step) * valuesPerStep) }),
    stop: () => drawn.stop(),
  };
};

const lines = (terminal: Terminal, { begun, steps, valuesPerStep, unit, showLoss }: ProgressPlan): Progress => {
  const start = Date.now();
  const every = Math.max(1, Math.ceil((steps - begun.step) / 20));
  return {
    show: ({ step, average }) => {
      if (step % every !== 0 && step !== steps) return;
      const done = step - begun.step;
      const left = Math.round((((Date.now() - start) / done) * (steps - step)) / 1000);
      const speed = speedOf(start, done * valuesPerStep);
      terminal.err(`step ${step} of ${steps}: ${showLoss(average)}, ${speed} ${unit}s/s, ${left} s left\n`);
    },
    stop: () => undefined,
  };
};

const speedOf = (start: number, values: number): string =>
  Math.round((1000 * values) / Math.max(1, Date.now() - start)).toString();
