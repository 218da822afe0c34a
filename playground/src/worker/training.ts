import type { Compiled } from "../../../src/compile.ts";
import type { Trainer } from "../../../src/runtime/interface.ts";
import { sourceOrders } from "../../../src/views/source-orders.ts";
import { programFile } from "../program.ts";
import type { News, Order, TrainingSettings } from "../protocol.ts";
import { batchesOf } from "./batches.ts";
import { rightProgram } from "./compiled.ts";
import { dividedData } from "./divided.ts";
import { insightsOf } from "./insights.ts";
import { mayWebAssembly } from "./may-web-assembly.ts";

type Tell = (news: News) => void;
type Begin = Extract<Order, { readonly tag: "train" }>;

/** What goes on between two orders: nothing, or a training that is or is not held up. */
interface Going {
  readonly turn: () => boolean;
  isPaused: boolean;
}

/** Trains as it is ordered, some steps at a time, so that orders are heard between them. */
export const training = (tell: Tell): ((order: Order) => void) => {
  let going: Going | undefined;
  const goOn = (): void => {
    if (going === undefined || going.isPaused) return;
    if (going.turn()) setTimeout(goOn, 0);
    else going = undefined;
  };
  const begin = (order: Begin): void => {
    let turn: (() => boolean) | undefined;
    const act = (): boolean => {
      turn ??= turnsOf(order, tell);
      return turn();
    };
    going = { turn: failing(act, tell), isPaused: false };
    goOn();
  };
  return (order) => {
    if (order.tag === "train") begin(order);
    else if (going !== undefined) {
      going.isPaused = order.tag === "pause";
      goOn();
    }
  };
};

/** What goes wrong is told, and ends it. */
const failing = (act: () => boolean, tell: Tell) => (): boolean => {
  try {
    return act();
  } catch (error) {
    tell({ tag: "failed", text: error instanceof Error ? error.message : String(error) });
    return false;
  }
};

/** So long a turn lasts, in milliseconds. */
const turnLasts = 30;

/** A turn makes some steps and tells of them; it says whether there are more. */
const turnsOf = ({ program, dataset, settings }: Begin, tell: Tell): (() => boolean) => {
  const compiled = begunAs(program, settings, tell);
  const trainer = compiled.trainer(compiled.init(settings.seed));
  const { learned, heldOut } = dividedData(dataset.examples);
  const next = batchesOf(compiled, learned, settings);
  const measured = heldOut.length === 0 ? undefined : compiled.pack(heldOut);
  const orders = sourceOrders(program.source, programFile, compiled.elaborated.name);
  // What is looked at is computed as WebAssembly.
  const insights = mayWebAssembly()
    ? insightsOf(compiled, orders, heldOut.length > 0 ? heldOut : learned, dataset.words)
    : () => null;
  const began = performance.now();
  let step = 0;
  return () => {
    const losses = stepsWithin(trainer, next, settings, settings.steps - step);
    step += losses.length;
    const isDone = step >= settings.steps;
    const isLost = losses.some((loss) => !Number.isFinite(loss));
    const params = trainer.params();
    tell({
      tag: "progress",
      step,
      losses,
      heldOut: measured === undefined ? null : compiled.loss(params, measured),
      seconds: (performance.now() - began) / 1000,
      insights: insights(params, isDone || isLost),
      isDone: isDone && !isLost,
    });
    if (isLost) tell({ tag: "failed", text: "The loss is no longer a finite number: try a smaller rate, or clip." });
    return !isDone && !isLost;
  };
};

const stepsWithin = (
  trainer: Trainer,
  next: ReturnType<typeof batchesOf>,
  { rate, clip }: TrainingSettings,
  most: number,
): ReadonlyArray<number> => {
  const until = performance.now() + turnLasts;
  const losses: number[] = [];
  while (losses.length < most && performance.now() < until) {
    const { loss } = trainer.step(next(), { rate, ...(clip > 0 ? { clip } : {}) });
    losses.push(loss);
    if (!Number.isFinite(loss)) break;
  }
  return losses;
};

/** As WebAssembly where the page may, else as JavaScript. */
const begunAs = (program: Begin["program"], { optimiser, target: wanted }: TrainingSettings, tell: Tell): Compiled => {
  const target = wanted === "wasm" && mayWebAssembly() ? "wasm" : "js";
  const compiled = rightProgram(program, { precision: "f32", target, optimiser });
  tell({ tag: "begun", target });
  return compiled;
};
