import * as t from "io-ts";
import { elementaryValue, powerValue } from "../elementary/value.ts";

/** When the learning rate falls because training no longer helps. */
const Plateau = t.readonly(
  t.type({
    /** What the rate is multiplied by. */
    factor: t.number,
    /** After so many evaluations without a lower loss. */
    evaluations: t.number,
  }),
);

/** How the learning rate goes from `rate` over the steps of a training. */
export const Schedule = t.readonly(
  t.intersection([
    t.type({
      rate: t.number,
      decay: t.keyof({ constant: null, linear: null, root: null, cosine: null, plateau: null }),
      /** Over so many steps the rate first climbs from 0. */
      warmup: t.number,
      steps: t.number,
    }),
    t.partial({ plateau: Plateau }),
  ]),
);
export type Schedule = t.TypeOf<typeof Schedule>;

export const usualPlateau: t.TypeOf<typeof Plateau> = { factor: 0.5, evaluations: 3 };

export const plateauOf = ({ plateau }: Schedule): t.TypeOf<typeof Plateau> => plateau ?? usualPlateau;

/** The learning rate of a step 1..steps, before which a plateau was met `plateaus` times. */
export const rateAt = (schedule: Schedule, step: number, plateaus = 0): number => {
  const { rate, warmup, decay } = schedule;
  const isClimbing = step <= warmup;
  const start = isClimbing ? (rate * step) / (warmup + 1) : rate;
  // What is measured may be met while the rate still climbs; what goes by the step begins after that.
  return isClimbing && decay !== "plateau" ? start : start * factors[decay](schedule, step, plateaus);
};

type Factor = (schedule: Schedule, step: number, plateaus: number) => number;

/**
 * All start from 1 after the warm-up; `linear` and `cosine` end just above 0, `root` falls with the square root of the
 * step, `plateau` by what is measured.
 */
const factors: { readonly [D in Schedule["decay"]]: Factor } = {
  constant: () => 1,
  linear: (schedule, step) => Math.max(0, 1 - shareDone(schedule, step)),
  root: ({ warmup }, step) => Math.sqrt((warmup + 1) / step),
  // Loshchilov and Hutter 2017, without restarts.
  cosine: (schedule, step) => (1 + elementaryValue("cos", Math.PI * Math.min(1, shareDone(schedule, step)))) / 2,
  plateau: (schedule, _, plateaus) => powerValue(plateauOf(schedule).factor, plateaus),
};

/** Of the steps after the warm-up. */
const shareDone = ({ warmup, steps }: Schedule, step: number): number =>
  (step - warmup - 1) / Math.max(1, steps - warmup);

export const decayNames = Object.keys(factors) as ReadonlyArray<Schedule["decay"]>;
