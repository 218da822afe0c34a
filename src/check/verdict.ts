import { type Along, derivativeOf, type Estimate, quickDifference } from "./difference.ts";

/** A component of a gradient, and the loss along it. */
export interface Component {
  readonly gradient: number;
  readonly along: Along;
  readonly quick: Estimate;
}

export const componentOf = (gradient: number, along: Along): Component => ({
  gradient,
  along,
  quick: quickDifference(along),
});

export interface Verdict {
  readonly gradient: number;
  readonly difference: number;
  /** How far the difference may be off. */
  readonly uncertainty: number;
  /** By how much gradient and difference differ beyond that, relative to the greater; or to what is small beside them. */
  readonly error: number;
}

/** The greatest component of the same parameter, beside whose thousandth nothing counts as small; and of the whole gradient. */
export interface Size {
  readonly own: number;
  readonly whole: number;
}

/** The greatest component, as the gradient says or as differences show, however wrong the gradient is. */
export const sizeOf = (components: ReadonlyArray<Component>): number =>
  components.reduce((greatest, { gradient, quick: { value, uncertainty } }) => {
    const seen = Math.abs(value) > uncertainty ? value : 0;
    return Math.max(greatest, ...[gradient, seen].map(Math.abs).filter(Number.isFinite));
  }, 0);

/** What is not finite fails, whatever stands on the other side: no difference shows that it is right. */
export const judge = ({ gradient, along, quick }: Component, { own, whole }: Size, tolerance: number): Verdict => {
  const size = Math.max(Math.abs(quick.value), 1e-3 * own);
  const close = (own > quick.uncertainty ? 1e-2 * size : 1e-4 * whole) * tolerance;
  const isClose = Math.abs(gradient - quick.value) + quick.uncertainty <= close;
  const enough = Math.max(size / 4, 1e-3 * whole) * tolerance;
  const { value, uncertainty } = isClose ? quick : derivativeOf(along, enough);
  const beyond = Math.max(0, Math.abs(gradient - value) - uncertainty);
  const isNumber = Number.isFinite(gradient) && Number.isFinite(value);
  const greatest = Math.max(Math.abs(gradient), Math.abs(value), 1e-3 * own);
  return {
    gradient,
    difference: value,
    uncertainty,
    error: isNumber ? relative(beyond, greatest) : Number.POSITIVE_INFINITY,
  };
};

const relative = (error: number, size: number): number => (error === 0 ? 0 : error / size);

/** Whether differences can tell so little of a component that a wrong one would pass. */
export const isHidden = ({ uncertainty }: Verdict, whole: number): boolean => uncertainty > mostUncertain * whole;

/** So that an error of a ten-thousandth is always seen. */
const mostUncertain = 5e-5;
