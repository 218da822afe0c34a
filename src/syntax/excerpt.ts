import type { Label } from "./diagnostic.ts";
import { displayed, displayWidth } from "./display.ts";
import { type Line, linesOf } from "./position.ts";

export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** The lines that the labels touch, each with its number, and under it a line for each label: `^` for the main one. */
export const excerpt = (
  source: string,
  labels: ReadonlyArray<Label>,
  main: Label,
  paint: Paint,
): ReadonlyArray<string> => {
  const lines = linesOf(source);
  const pieces = labels.flatMap((label) => piecesOf(lines, label));
  const shown = [...new Set(pieces.map(({ row }) => row))].sort((a, b) => a - b);
  const gutter = String((shown.at(-1) ?? 0) + 1).length;
  return shown.flatMap((row, i) => {
    const line = lines[row]!;
    const here = pieces.filter((piece) => piece.row === row);
    const window = windowOf(line, Math.min(...here.map(({ from }) => from)));
    const skipped = i > 0 && shown[i - 1]! < row - 1 ? [paint.faint(`${" ".repeat(gutter)} ⋮`)] : [];
    const text = `${paint.faint(`${String(row + 1).padStart(gutter)} |`)} ${displayed(window.text)}`.trimEnd();
    const under = here.map(({ label, from, to, last }) => {
      const mark = label === main ? "^" : "-";
      const before = displayWidth(window.text.slice(0, Math.max(0, from - window.from)));
      const until = displayWidth(window.text.slice(0, Math.max(0, to - window.from)));
      const words = last && label.text !== "" ? ` ${displayed(label.text)}` : "";
      const drawn = `${mark.repeat(Math.max(1, until - before))}${words}`;
      const painted = label === main ? paint.strong(drawn) : paint.faint(drawn);
      return `${paint.faint(`${" ".repeat(gutter)} |`)} ${" ".repeat(before)}${painted}`;
    });
    return [...skipped, text, ...under];
  });
};

/** The part of a label on one line: places within the line's text. `last`: the label ends here. */
interface Piece {
  readonly label: Label;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}

/** A long span shows its first lines and its last. */
const piecesOf = (lines: ReadonlyArray<Line>, label: Label): ReadonlyArray<Piece> => {
  const { start, end } = label.span;
  const first = rowOf(lines, start);
  const last = Math.max(first, rowOf(lines, end > start ? end - 1 : end));
  const rows = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return rows
    .filter((row) => row < first + 3 || row === last)
    .map((row) => {
      const { text, start: begin } = lines[row]!;
      const from = row === first ? Math.min(start - begin, text.length) : text.length - text.trimStart().length;
      const to = Math.min(end - begin, text.trimEnd().length);
      return { label, row, from, to, last: row === last };
    });
};

const rowOf = (lines: ReadonlyArray<Line>, offset: number): number =>
  Math.max(
    0,
    lines.findLastIndex(({ start }) => start <= offset),
  );

const widest = 160;

/** A very long line is shown around the place that matters. */
const windowOf = ({ text }: Line, from: number): { readonly text: string; readonly from: number } => {
  const begin = text.length <= widest ? 0 : Math.max(0, from - widest / 2);
  return { text: text.slice(begin, begin + widest), from: begin };
};
