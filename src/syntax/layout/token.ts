import type { Node } from "ohm-js";
import { type Doc, sequence, text } from "./doc.ts";
import { gapAfter } from "./gap.ts";

/** The tokens of one source as they are laid out: as written, each with the comments behind it. */
export interface Tokens {
  readonly token: (node: Node) => Doc;
  /** A sum of names and numbers without its blanks, as `t-1` in an index; undefined if it is something else. */
  readonly compact: (node: Node) => Doc | undefined;
  readonly blankBefore: (node: Node) => boolean;
}

/** `ends`: where statements and definitions end; the comments behind these belong to what is around them. */
export const tokensOf = (source: string, ends: ReadonlySet<number>): Tokens => {
  const written = (node: Node, shown: string): Doc => {
    const { endIdx } = node.source;
    return sequence(text(shown), ...(ends.has(endIdx) ? [] : gapAfter(source, endIdx).comments));
  };
  return {
    token: (node) => written(node, node.sourceString),
    compact: (node) =>
      simpleSum.test(node.sourceString) ? written(node, node.sourceString.replaceAll(/\s/gu, "")) : undefined,
    blankBefore: (node) => /\s/u.test(source.charAt(node.source.startIdx - 1)),
  };
};

const simpleSum = /^[\p{L}\p{M}\d_'.]+(\s*[-+]\s*[\p{L}\p{M}\d_'.]+)*$/u;
