import uPlot from "uplot";
import { element } from "../element.ts";

/** The loss of every step, its mean over the last ones, and that of what is held out, as they come. */
export interface Curve {
  readonly content: HTMLElement;
  readonly clear: () => void;
  readonly add: (losses: ReadonlyArray<number>, heldOut: number | null) => void;
  readonly mean: () => number;
}

/** Of so many steps a curve is drawn; of more, every second point is left out, again and again. */
const mostPoints = 4000;

type Column = (number | null)[];

export const newCurve = (): Curve => {
  const content = element("div", { class: "curve", role: "img", "aria-label": "The loss by steps", hidden: true });
  let plot: uPlot | undefined;
  let data: [number[], Column, Column, Column] = [[], [], [], []];
  let steps = 0;
  let mean = Number.NaN;
  let every = 1;

  /** Nothing is seen of it, nor of its legend, before there is a step. */
  const draw = (): void => {
    content.hidden = data[0].length === 0;
    const width = content.clientWidth;
    if (width === 0) return;
    if (plot === undefined) plot = new uPlot(optionsOf(content, width), data, content);
    else {
      if (plot.width !== width) plot.setSize({ width, height });
      plot.setData(data);
    }
  };
  const redrawn = (): void => {
    plot?.destroy();
    plot = undefined;
    draw();
  };
  new ResizeObserver(draw).observe(content);
  document.addEventListener("theme", redrawn);
  return {
    content,
    mean: () => mean,
    clear: () => {
      data = [[], [], [], []];
      steps = 0;
      mean = Number.NaN;
      every = 1;
      draw();
    },
    add: (losses, heldOut) => {
      for (const [i, loss] of losses.entries()) {
        steps += 1;
        if (!Number.isFinite(loss)) continue;
        mean = Number.isNaN(mean) ? loss : mean + (loss - mean) / Math.min(steps, 20);
        const isLast = i === losses.length - 1;
        if (steps % every !== 0 && !(isLast && heldOut !== null)) continue;
        data[0].push(steps);
        data[1].push(loss);
        data[2].push(mean);
        data[3].push(isLast ? heldOut : null);
      }
      if (data[0].length > mostPoints) {
        data = thinned(data);
        every *= 2;
      }
      content.setAttribute("aria-label", `The loss by steps: after ${steps} steps about ${mean.toPrecision(3)}`);
      draw();
    },
  };
};

const thinned = (data: [number[], Column, Column, Column]): [number[], Column, Column, Column] => {
  const kept = data[0].map((_, i) => i).filter((i) => i % 2 === 1 || data[3][i] !== null);
  const [steps, ...columns] = data;
  return [
    kept.map((i) => steps[i]!),
    ...(columns.map((column) => kept.map((i) => column[i]!)) as [Column, Column, Column]),
  ];
};

const height = 260;

const optionsOf = (content: HTMLElement, width: number): uPlot.Options => {
  const style = getComputedStyle(content);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--soft"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
  };
  const shown = (_: uPlot, value: number | null): string => (value === null ? "–" : value.toPrecision(3));
  return {
    width,
    height,
    scales: { x: { time: false } },
    legend: { live: true },
    axes: [
      { ...axis, label: "step" },
      { ...axis, label: "loss", size: 56 },
    ],
    series: [
      { label: "step" },
      { label: "loss", stroke: colour("--faint"), width: 1, points: { show: false }, value: shown },
      { label: "mean", stroke: colour("--first"), width: 2, points: { show: false }, value: shown },
      {
        label: "held out",
        stroke: colour("--second"),
        width: 2,
        spanGaps: true,
        points: { show: false },
        value: shown,
      },
    ],
  };
};
