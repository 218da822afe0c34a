import { type Curve, curves } from "../../../src/views/chart/curves.ts";
import type { Panel } from "../../../src/views/chart/panel.ts";
import { counting, linear, logarithmic, type Scale } from "../../../src/views/chart/scale.ts";

interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: ReadonlyArray<Line>;
  readonly up?: Scale;
  readonly across?: Scale;
  readonly isLogarithmic?: boolean;
}

interface Line {
  readonly name: string;
  readonly points: Curve["points"];
  readonly look?: Curve["look"];
  readonly colour?: number;
}

/** Curves with scales that hold all of their points. */
export const chart = ({ title, x, y, lines, up, across, isLogarithmic = false }: Chart): Panel => {
  const all = lines.flatMap(({ points }) => points).filter(([, value]) => Number.isFinite(value));
  const [xs, ys] = [all.map(([at]) => at), all.map(([, value]) => value)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const margin = 0.05 * (high - low || 1);
  return curves(
    {
      title,
      x,
      y,
      across: across ?? counting(Math.min(...xs), Math.max(...xs)),
      up: up ?? (isLogarithmic ? logarithmic(ys) : linear(low < 0 ? low - margin : Math.min(low, 0), high + margin)),
    },
    lines.map(({ name, points, look = "line", colour }, i) => ({ name, points, look, colour: colour ?? i % 6 })),
  );
};

/** Every so many points of a long curve: the mean of what lies between. */
export const thinned = (values: ReadonlyArray<number>, most = 120): Curve["points"] => {
  const step = Math.max(1, Math.ceil(values.length / most));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, i) => {
    const part = values.slice(i * step, (i + 1) * step);
    return [
      Math.min(values.length, (i + 1) * step),
      part.reduce((sum, value) => sum + value, 0) / part.length,
    ] as const;
  });
};
