import { type Html, h, text } from "../../../src/views/page/html.ts";
import { element, line } from "../../../src/views/svg-elements.ts";

/** What a slider goes through: what is read at each position, and what is computed there. */
export interface Steps {
  readonly tokens: ReadonlyArray<string>;
  readonly groups: ReadonlyArray<StepGroup>;
}

interface StepGroup {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Of each position, its components. */
  readonly values: ReadonlyArray<ReadonlyArray<number>>;
}

/** A sequence step by step: without a script, and on paper, it stands at its last position. */
export const stepsHtml = ({ tokens, groups }: Steps, caption: string): Html => {
  const last = tokens.length;
  const kept = groups.map((group) => ({ ...group, values: group.values.map((row) => row.map(rounded)) }));
  return h(
    "div",
    { class: "steps" },
    h("h4", {}, text(caption)),
    h(
      "div",
      { class: "controls" },
      h("button", { type: "button" }, "Play"),
      `<input type="range" aria-label="position" min="1" max="${last}" value="${last}">`,
      h("output", {}, text(`t = ${last}: ${tokens.at(-1)}`)),
    ),
    h(
      "div",
      { class: "tokens" },
      ...tokens.map((token, i) => h("span", i === last - 1 ? { class: "now" } : {}, text(token))),
    ),
    h("div", { class: "groups" }, ...kept.map(groupHtml)),
    `<script type="application/json">${JSON.stringify({ tokens, groups: kept }).replaceAll("<", "\\u003c")}</script>`,
  );
};

const rounded = (value: number): number => Number(value.toFixed(3));

/** Their places are those of the page's script (`script.ts`). */
const height = 60;
const bar = 22;

const groupHtml = ({ name, low, high, values }: StepGroup): Html => {
  const shown = values.at(-1)!;
  const share = (value: number): number => (height * (high - Math.min(high, Math.max(low, value)))) / (high - low);
  const width = 36 + shown.length * bar;
  const svg = element(
    "svg",
    { viewBox: `0 0 ${width} ${height + 4}`, width, height: height + 4, role: "img", "aria-label": name },
    [
      ...[low, high].map((value) =>
        element(
          "text",
          { x: 28, y: value === high ? 11 : height + 1, "text-anchor": "end", "font-size": 10, class: "soft" },
          [String(value)],
        ),
      ),
      ...shown.map((value, i) => {
        const [from, to] = [share(Math.max(0, value)), share(Math.min(0, value))];
        return element("rect", {
          x: 36 + i * bar,
          y: 2 + from,
          width: bar - 5,
          height: Math.max(0.5, to - from),
          class: `f${i % 6}`,
        });
      }),
      line(32, 2 + share(0), width, 2 + share(0), { class: "axis" }),
    ],
  );
  return h(
    "div",
    { class: "group" },
    h("div", {}, h("b", {}, text(name))),
    svg,
    h("div", { class: "numbers" }, text(shown.map((value) => value.toFixed(2)).join("  "))),
  );
};
