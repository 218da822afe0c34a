import type { Box } from "./diagram.ts";

/** A frame for each cell that something stands in, and for those around it. */
export const cellFrames = (cells: ReadonlyArray<string>): ReadonlyArray<Box> => {
  const named = [...new Set(cells)].filter((cell) => cell !== "").sort((a, b) => a.length - b.length);
  return named.map((cell): Box => {
    const outer = named.findLast((other) => cell.startsWith(`${other}.`));
    return {
      key: frameKey(cell),
      label: outer === undefined ? cell : cell.slice(outer.length + 1),
      ...(outer === undefined ? {} : { inside: frameKey(outer) }),
    };
  });
};

export const frameKey = (cell: string): string => `cell ${cell}`;

export const cellOfFrame = (key: string): string => key.slice(frameKey("").length);
