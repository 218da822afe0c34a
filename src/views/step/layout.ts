import { placed } from "./place.ts";
import { type Routed, routed } from "./route.ts";
import type { Step } from "./step.ts";

/** A step with a place for everything, as close together as lines have room. */
export const layoutOf = (step: Step, gap = 3): Routed => {
  const found = routed(step, placed(step, gap));
  const isWhole = found.faults === 0;
  return isWhole || gap >= widest ? found : layoutOf(step, gap + 1);
};

const widest = 8;
