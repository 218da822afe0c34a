/** A text that is not yet broken into lines (after Wadler, "A prettier printer", 2003). */
export type Doc =
  | { readonly tag: "text"; readonly text: string }
  /** A blank, unless a line begins here. */
  | { readonly tag: "space" }
  /** A line's end where its group is broken; else what `flat` says. */
  | { readonly tag: "line"; readonly flat: "" | " " }
  /** A line's end in any case; `blank`: and an empty line. */
  | { readonly tag: "newline"; readonly blank: boolean }
  /** Up to the end of its line; `own`: it begins that line, `blank`: after an empty one. */
  | Comment
  | { readonly tag: "sequence"; readonly parts: ReadonlyArray<Doc>; readonly broken: boolean }
  /** One step further from the margin. */
  | { readonly tag: "indent"; readonly inner: Doc; readonly broken: boolean }
  /** On one line if it fits there; else each of its lines is broken. `broken`: something in it ends a line anyway. */
  | { readonly tag: "group"; readonly inner: Doc; readonly broken: boolean };

export interface Comment {
  readonly tag: "comment";
  readonly text: string;
  readonly own: boolean;
  readonly blank: boolean;
}

export const text = (written: string): Doc => ({ tag: "text", text: written });
export const space: Doc = { tag: "space" };
/** A blank or a line's end. */
export const line: Doc = { tag: "line", flat: " " };
/** Nothing or a line's end. */
export const softLine: Doc = { tag: "line", flat: "" };
export const newline = (blank: boolean): Doc => ({ tag: "newline", blank });

export const sequence = (...parts: ReadonlyArray<Doc>): Doc => ({
  tag: "sequence",
  parts,
  broken: parts.some(isBroken),
});

export const indent = (...parts: ReadonlyArray<Doc>): Doc => {
  const inner = sequence(...parts);
  return { tag: "indent", inner, broken: isBroken(inner) };
};

/** The comments at its end stand behind it: they break what is around them, not the group. */
export const group = (...parts: ReadonlyArray<Doc>): Doc => {
  const [inner, comments] = cutComments(sequence(...parts));
  const whole: Doc = { tag: "group", inner, broken: isBroken(inner) };
  return comments.length === 0 ? whole : sequence(whole, ...comments);
};

/** What ends in comments, without them. */
export const cutComments = (doc: Doc): readonly [Doc, ReadonlyArray<Doc>] => {
  if (!isBroken(doc) || doc.tag === "newline") return [doc, []];
  if (doc.tag === "comment") return [sequence(), [doc]];
  if (doc.tag !== "sequence") return [doc, []];
  const last = doc.parts.findLastIndex(({ tag }) => tag !== "comment");
  const behind = doc.parts.slice(last + 1);
  if (last < 0) return [sequence(), behind];
  const [inner, comments] = cutComments(doc.parts[last]!);
  return [sequence(...doc.parts.slice(0, last), inner), [...comments, ...behind]];
};

/** The parts with blanks between them. */
export const spaced = (...parts: ReadonlyArray<Doc>): Doc =>
  sequence(...parts.flatMap((part, i) => (i === 0 ? [part] : [space, part])));

export const isBroken = (doc: Doc): boolean =>
  doc.tag === "newline" || doc.tag === "comment" || ("broken" in doc && doc.broken);
