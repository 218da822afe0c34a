import * as t from "io-ts";

/** How the learning rate goes from `rate` over the steps of a training. */
export const Schedule = t.readonly(
  t.type({
    rate: t.number,
    decay: t.keyof({ constant: null, linear: null, root: null }),
    /** Over so many steps the rate first climbs from 0. */
    warmup: t.number,
    steps: t.number,
  }),
);
export type Schedule = t.TypeOf<typeof Schedule>;

/** The learning rate of a step 1..steps. */
export const rateAt = (schedule: Schedule, step: number): number => {
  const { rate, warmup } = schedule;
  return step <= warmup ? (rate * step) / (warmup + 1) : rate * factors[schedule.decay](schedule, step);
};

/** All start from 1 after the warm-up; `linear` ends just above 0, `root` falls with the square root of the step. */
const factors: { readonly [D in Schedule["decay"]]: (schedule: Schedule, step: number) => number } = {
  constant: () => 1,
  linear: ({ warmup, steps }, step) => Math.max(0, 1 - (step - warmup - 1) / Math.max(1, steps - warmup)),
  root: ({ warmup }, step) => Math.sqrt((warmup + 1) / step),
};
