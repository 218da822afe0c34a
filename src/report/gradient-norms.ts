import type { LogLine } from "../train/log.ts";
import { type Curve, curves, keyLines } from "../views/chart/curves.ts";
import type { Panel } from "../views/chart/panel.ts";
import { logarithmic } from "../views/chart/scale.ts";
import { acrossSteps, alongSteps } from "../views/chart/training.ts";

/** How long the gradient by each parameter was, by steps: in panels of equal scale, a few parameters in each. */
export interface NormPanels {
  readonly panels: ReadonlyArray<Panel>;
  /** How many parameters there are that no panel shows, as the gradients by others were longer. */
  readonly left: number;
}

/** In the order of these parameters. Of a log that does not tell them there is no panel. */
export const gradientNorms = (log: ReadonlyArray<LogLine>, parameters: ReadonlyArray<string>): NormPanels => {
  const told = new Set(log.flatMap(({ norms = {} }) => Object.keys(norms)));
  const paths = parameters.filter((path) => told.has(path));
  const all = paths.map((path) => ({ path, points: alongSteps(log, ({ norms = {} }) => ownNorm(norms, path)) }));
  const greatest = ({ points }: Along): number => points.reduce((most, [, norm]) => Math.max(most, norm), 0);
  const shown = new Set([...all].sort((a, b) => greatest(b) - greatest(a)).slice(0, mostParameters));
  const up = logarithmic([...shown].flatMap(({ points }) => points.map(([, norm]) => norm)));
  const panels = together(all.filter((along) => shown.has(along))).map((group, i) =>
    curves(
      { title: i === 0 ? "Gradient by each parameter" : "", x: "step", y: "norm", across: acrossSteps(log), up },
      group.map(({ path, points }, colour): Curve => ({ name: path, colour, look: "line", points })),
    ),
  );
  return { panels, left: all.length - shown.size };
};

interface Along {
  readonly path: string;
  readonly points: Curve["points"];
}

/** On a logarithmic scale 0 has no place. */
const ownNorm = (norms: Readonly<Record<string, number>>, path: string): number | null =>
  Object.hasOwn(norms, path) && norms[path]! > 0 ? norms[path]! : null;

/** More would be a page of panels. */
const mostParameters = 36;
/** As many as there are colours. */
const mostInOne = 6;

/** In their order, as many in a panel as have room above it. */
const together = (all: ReadonlyArray<Along>): ReadonlyArray<ReadonlyArray<Along>> => {
  const groups: Array<Array<Along>> = [];
  for (const along of all) {
    const last = groups.at(-1);
    const names = [...(last ?? []), along].map(({ path }) => path);
    if (last !== undefined && names.length <= mostInOne && keyLines(names) <= 2) last.push(along);
    else groups.push([along]);
  }
  return groups;
};
