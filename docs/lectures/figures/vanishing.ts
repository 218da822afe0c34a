import type { Figure } from "../lecture.ts";
import { flow } from "../parts/flows.ts";
import { written } from "../programs.ts";

/** A network whose recurrent matrix is a rotation times a gain. */
const rotation = (gain: number) =>
  written(
    `
model Gain(k = 2, n = 8, m = 2, gain = 1) {
  axis t in 1..T
  input x[t] : R[k]
  param Q ~ orthogonal
  param U, V
  h[0] = 0
  h[t] : R[n] = tanh(gain * (Q h[t-1]) + 0.05 * (U x[t]))
  y[t] : symbol[m] ~ categorical(softmax(V h[t]))
}`,
    { gain },
  );

const exhibit = (gain: number, caption: string) => ({
  caption,
  program: rotation(gain),
  opens: { view: "flow" } as const,
  parts: [flow({ length: 20 })],
});

/** Gradients that vanish, last, and explode, by one number. */
export const vanishing = (
  of: Pick<Figure, "slide" | "rows" | "formulas"> & { readonly words?: Figure["words"] },
): Figure => ({
  name: "vanishing-exploding",
  title: "Vanishing and exploding, as a heat map",
  ...of,
  words: [
    ...(of.words ?? []),
    "The recurrent matrix, which the slides call W or U, is gain * Q here, and Q turns vectors without making them longer or shorter: a step stretches by the gain at most. In the square at row k and column t: ‖∂h[t]/∂h[k]‖, grey at 1, blue where it vanishes, orange where it explodes; below it the same by distance d, on a logarithmic scale, where exponential is a straight line. Two bounds are with it: the product of the norms of single steps, and, dotted, gain^d, which follows from the equation alone.",
  ],
  exhibits: [
    exhibit(0.7, "gain 0.7: it vanishes"),
    exhibit(1, "gain 1: it lasts while tanh is nearly linear"),
    exhibit(1.5, "gain 1.5: it explodes, until tanh saturates"),
  ],
  found: [
    "Below 1 the gradient shrinks exponentially. Above 1 it may grow, and here it does, far less than its bounds: that a norm of a step is above 1 is needed for exploding, and not enough.",
  ],
});
