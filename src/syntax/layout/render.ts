import { displayWidth } from "../display.ts";
import type { Doc } from "./doc.ts";

/** The text, with every group on one line that fits into `width` columns; comments may stand beyond them. */
export const render = (doc: Doc, width: number): string => {
  const written: string[] = [];
  let column = 0;
  // The end of a line is written when the next line begins, so that no line ends in blanks.
  let ending: "" | "\n" | "\n\n" = "";
  const write = (text: string, depth: number): void => {
    if (ending !== "") {
      if (written.length > 0) written.push(ending + step.repeat(depth));
      column = step.length * depth;
      ending = "";
    }
    written.push(text);
    column += displayWidth(text);
  };
  const left: Work[] = [{ doc, depth: 0, flat: false }];
  for (let work = left.pop(); work !== undefined; work = left.pop()) {
    const { doc: next, depth, flat } = work;
    switch (next.tag) {
      case "text":
        write(next.text, depth);
        break;
      case "space":
        if (ending === "") write(" ", depth);
        break;
      case "line":
        if (!flat) ending ||= "\n";
        else if (ending === "") write(next.flat, depth);
        break;
      case "newline":
        ending = next.blank ? "\n\n" : ending || "\n";
        break;
      case "comment":
        if (next.own) ending = next.blank ? "\n\n" : "\n";
        write(next.own ? next.text : ` ${next.text}`, depth);
        ending = "\n";
        break;
      case "sequence":
        left.push(...next.parts.map((part) => ({ doc: part, depth, flat })).reverse());
        break;
      case "indent":
        left.push({ doc: next.inner, depth: depth + 1, flat });
        break;
      case "group": {
        const inner = { doc: next.inner, depth, flat: true };
        const start = ending === "" ? column : step.length * depth;
        left.push({ ...inner, flat: flat || (!next.broken && fits(width - start, inner, left)) });
        break;
      }
    }
  }
  return written.length === 0 ? "" : `${written.join("")}\n`;
};

interface Work {
  readonly doc: Doc;
  readonly depth: number;
  /** Whether the group around it is on one line. */
  readonly flat: boolean;
}

const step = "  ";

/** Whether the line on which `first` begins ends in time. `rest`: what follows it, the next last. */
const fits = (columns: number, first: Work, rest: ReadonlyArray<Work>): boolean => {
  const left = [first];
  let following = rest.length;
  let room = columns;
  while (room >= 0) {
    const work = left.pop() ?? rest[--following];
    if (work === undefined) return true;
    const { doc, flat } = work;
    switch (doc.tag) {
      case "text":
        room -= displayWidth(doc.text);
        break;
      case "space":
        room -= 1;
        break;
      case "line":
        if (!flat) return true;
        room -= doc.flat.length;
        break;
      case "newline":
      case "comment":
        return true;
      case "sequence":
        left.push(...doc.parts.map((part) => ({ ...work, doc: part })).reverse());
        break;
      case "indent":
      case "group":
        left.push({ ...work, doc: doc.inner });
        break;
    }
  }
  return false;
};
