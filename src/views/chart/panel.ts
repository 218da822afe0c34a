import { element, label, line } from "../svg-elements.ts";
import { markText, type Scale } from "./scale.ts";

/** A drawing of a fixed size, from its upper left corner. */
export interface Panel {
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** A panel as a picture within a page, whose style it has. */
export const panelSvg = ({ width, height, body }: Panel): string =>
  element("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height }, [body]);

export const size = { width: 392, height: 346 };

/** Where in a panel values are drawn. */
export const inside = { left: 64, right: 376, top: 60, bottom: 296 };

export interface Axes {
  readonly title: string;
  /** What it is drawn from, under the title. */
  readonly about?: string;
  readonly x: string;
  readonly y: string;
  readonly across: Scale;
  readonly up: Scale;
  /** Whether values grow downwards. */
  readonly isDown?: boolean;
  readonly isGrid?: boolean;
}

export const placeX = ({ across }: Axes, value: number): number =>
  inside.left + across.share(value) * (inside.right - inside.left);

export const placeY = ({ up, isDown = false }: Axes, value: number): number => {
  const share = up.share(value);
  return inside.top + (isDown ? share : 1 - share) * (inside.bottom - inside.top);
};

/** A panel with its title, its axes and what is drawn between them. */
export const panelOf = (axes: Axes, drawn: ReadonlyArray<string>): Panel => {
  const { left, right, top, bottom } = inside;
  const grid = axes.isGrid ?? true;
  const middle = (top + bottom) / 2;
  const body = [
    label(axes.title, left, 18, { class: "title" }),
    ...(axes.about === undefined ? [] : [label(axes.about, left, 36, { class: "soft" })]),
    ...axes.up.marks.flatMap((mark) => {
      const y = placeY(axes, mark);
      return [
        grid ? line(left, y, right, y, { class: "grid" }) : line(left - 4, y, left, y, { class: "axis" }),
        label(markText(mark), left - 8, y + 4, { "text-anchor": "end" }),
      ];
    }),
    ...axes.across.marks.flatMap((mark) => {
      const x = placeX(axes, mark);
      return [
        line(x, bottom, x, bottom + 4, { class: "axis" }),
        label(markText(mark), x, bottom + 18, { "text-anchor": "middle" }),
      ];
    }),
    ...drawn,
    element("path", { d: `M${left} ${top}V${bottom}H${right}`, class: "axis" }),
    label(axes.x, (left + right) / 2, bottom + 38, { "text-anchor": "middle" }),
    label(axes.up.isLogarithmic ? `${axes.y} (logarithmic)` : axes.y, 14, middle, {
      "text-anchor": "middle",
      transform: `rotate(-90 14 ${middle})`,
    }),
  ];
  return { ...size, body: body.join("") };
};

/** What classes look like, on light and on dark paper: lines in colours told apart without red or green (Okabe and Ito 2008). */
export const style = `
.chart{--ink:#1b1f24;--soft:#5b6470;--grid:#e3e6ea;--paper:#ffffff;--l0:#0072b2;--l1:#d55e00;--l2:#009e73;--l3:#b35c94;--l4:#a67c00;--l5:#56748f;font-size:12px;font-family:system-ui,"DejaVu Sans",Helvetica,Arial,sans-serif}
@media (prefers-color-scheme:dark){.chart{--ink:#e6e9ee;--soft:#a4adb8;--grid:#333a44;--paper:#14181d;--l0:#56b4e9;--l1:#f0904d;--l2:#3cc79b;--l3:#dd93c3;--l4:#e6c35c;--l5:#9db4c8}}
.chart text{fill:var(--ink)}
.chart .title{font-size:13px;font-weight:600}
.chart .head{font-size:16px;font-weight:600}
.chart .soft{fill:var(--soft)}
.chart .paper{fill:var(--paper)}
.chart .grid{stroke:var(--grid)}
.chart .axis{stroke:var(--soft);fill:none}
.chart .line{fill:none;stroke-width:2}
.chart .dashed{stroke-dasharray:6 4}
.chart .dotted{stroke-dasharray:2 3}
${[0, 1, 2, 3, 4, 5].map((i) => `.chart .l${i}{stroke:var(--l${i})}.chart .f${i}{fill:var(--l${i});stroke:none}`).join("\n")}
.chart .band{opacity:.26}
.chart .number{font-size:11px}
.chart .over{fill:var(--paper)}
`;
