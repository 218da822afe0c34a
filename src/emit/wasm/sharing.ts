import type { Block, Loop, Product } from "../../loops/loops.ts";
import { changedBy } from "../changes.ts";

/** Which products have the left operand of the one before, such as those of gates: it is packed for the first alone. */
export type Sharing = ReadonlyMap<Product, "first" | "again">;

/** Of any list of statements, the products that follow each other while nothing writes what they share. */
export const sharingOf = ({ body }: Block): Sharing => {
  const sharing = new Map<Product, "first" | "again">();
  const visit = (loops: ReadonlyArray<Loop>): void => {
    let last: Product | undefined;
    const written = new Set<number>();
    for (const loop of loops) {
      if (loop.tag === "for") visit(loop.body);
      if (loop.tag === "if") [loop.then, loop.else].forEach(visit);
      if (loop.tag === "product") {
        if (last !== undefined && !written.has(last.left.buffer) && leftOf(last) === leftOf(loop)) {
          if (!sharing.has(last)) sharing.set(last, "first");
          sharing.set(loop, "again");
        }
        last = loop;
        written.clear();
      }
      for (const buffer of changedBy(loop).buffers) written.add(buffer);
    }
  };
  visit(body);
  return sharing;
};

const leftOf = ({ left, m, k }: Product): string => JSON.stringify([left, m.extent, m.left, k.extent, k.left]);
