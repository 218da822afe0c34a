import type { Comment } from "./doc.ts";

/** What stands between two tokens besides blanks. `blank`: there is an empty line before the second. */
export interface Gap {
  readonly comments: ReadonlyArray<Comment>;
  readonly blank: boolean;
}

/** The gap from where a token ends, or from the beginning of the source. Its lines end with LF. */
export const gapAfter = (source: string, end: number): Gap => {
  const comments: Comment[] = [];
  const pattern = /(\s*)(\/\/[^\n]*)?/y;
  pattern.lastIndex = end;
  for (;;) {
    const [, blanks = "", comment] = pattern.exec(source) ?? [];
    const breaks = blanks.split("\n").length - 1;
    if (comment === undefined) return { comments, blank: breaks > 1 };
    const own = breaks > 0 || (end === 0 && comments.length === 0);
    comments.push({ tag: "comment", text: comment.trimEnd(), own, blank: breaks > 1 });
  }
};
