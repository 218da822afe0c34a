import { tableOf } from "../../table.ts";
import { type Curve, curves } from "./curves.ts";
import { chartSvg } from "./document.ts";
import { counting, linear } from "./scale.ts";

/** How a training went: losses in nats per predicted value, null where they were not measured. */
export interface Course {
  readonly run: string;
  readonly lines: ReadonlyArray<{
    readonly step: number;
    readonly epoch: number;
    readonly loss: number | null;
    readonly heldOut: number | null;
  }>;
  /** The step of the lowest loss on what is held out. */
  readonly best: number | undefined;
}

/** The loss on batches of the training part and on what is held out, by steps. */
export const trainingSvg = ({ run, lines, best }: Course): string => {
  const points = (value: "loss" | "heldOut"): Curve["points"] =>
    lines.flatMap((at) => (at[value] === null ? [] : [[at.step, at[value]] as const]));
  const drawn: ReadonlyArray<Curve> = [
    { name: "training", colour: 0, look: "line", points: points("loss") },
    { name: "held out", colour: 1, look: "line", points: points("heldOut") },
    ...(best === undefined
      ? []
      : [{ name: `lowest, step ${best}`, colour: 2, look: "dotted" as const, points: upTo(best, lines) }]),
  ];
  const all = [...points("loss"), ...points("heldOut")];
  const last = Math.max(1, ...all.map(([step]) => step));
  const [low, high] = [Math.min(0, ...all.map(([, value]) => value)), Math.max(...all.map(([, value]) => value))];
  return chartSvg(
    run,
    curves(
      { title: `${run}: loss per value`, x: "step", y: "nats", across: counting(0, last), up: linear(low, high) },
      drawn.filter((curve) => curve.points.length > 0),
    ),
  );
};

/** A line up to the loss at a step. */
const upTo = (step: number, lines: Course["lines"]): Curve["points"] => {
  const found = lines.find((at) => at.step === step)?.heldOut;
  return found === null || found === undefined ? [] : [[step, 0] as const, [step, found] as const];
};

/** What was measured on what is held out, evaluation by evaluation; of what holds nothing out every line. */
export const trainingText = ({ lines, best }: Course): string => {
  const measured = lines.filter(({ heldOut }) => heldOut !== null);
  const shown = measured.length > 0 ? measured : lines;
  const told = (value: number | null): string => (value === null ? "" : String(Number(value.toPrecision(4))));
  return `${tableOf(
    [
      ["step", "epoch", "training", "held out", ""],
      ...shown.map(({ step, epoch, loss, heldOut }) => [
        String(step),
        String(epoch),
        told(loss),
        told(heldOut),
        step === best ? "lowest" : "",
      ]),
    ],
    0,
  ).join("\n")}\n`;
};
