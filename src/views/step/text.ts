import { titleOf } from "./draw.ts";
import type { Step, StepNode } from "./step.ts";

/** Steps as text: for each the belts, with what acts on them, then its equations. */
export const stepsText = (steps: ReadonlyArray<Step>): string =>
  `${steps.map((step) => [titleOf(step), ...beltLines(step), ...step.equations].join("\n  ")).join("\n\n")}\n`;

const beltLines = ({ nodes, belts }: Step): ReadonlyArray<string> =>
  belts.map(
    ({ before, operations, after }) =>
      `straight through: ${[nodes[before]!, ...operations.map((place) => nodes[place]!), nodes[after]!].map(shortOf).join(" → ")}`,
  );

const shortOf = ({ sign }: StepNode): string => sign;
