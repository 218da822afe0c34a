import { type Html, h, section, table, text } from "../views/page/html.ts";
import type { RunReport } from "./run-report.ts";

/** What the model makes when it is let go on by itself. */
export const drawnSection = ({ drawn }: RunReport): Html => {
  if (drawn.length === 0) return "";
  const isBeside = drawn.some(({ actual }) => actual !== undefined);
  if (!isBeside)
    return section(
      "What it draws",
      ...drawn.map(({ from, text: written }) =>
        h(
          "figure",
          { style: "margin:0" },
          h("figcaption", { class: "soft" }, text(from)),
          h("blockquote", {}, text(written)),
        ),
      ),
    );
  const rows = [["from", "drawn", "in the data"], ...drawn.map((one) => [one.from, one.text, one.actual ?? "–"])];
  return section(
    "What it draws",
    table(rows, (word, line, column) => {
      const { text: written, actual } = drawn[line]!;
      return h("td", column === 1 && written !== actual ? { class: "wrong" } : {}, text(word));
    }).replace("<table>", '<table class="words">'),
  );
};
