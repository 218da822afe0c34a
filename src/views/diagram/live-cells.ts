import { pointwiseValues } from "../../circuit/pointwise.ts";
import type { Unfolded } from "../../circuit/unfold.ts";
import type { Formula } from "../../circuit/unfold-rules.ts";
import { reachable } from "../../transform/active.ts";

/** What each cell of the unfolded graph reads, and which cells matter to an output. */
export interface LiveCells {
  readonly reads: ReadonlyArray<ReadonlyArray<number>>;
  readonly live: ReadonlySet<number>;
}

/** A choice that positions alone decide, as `if t == 1`, reads what is chosen. */
export const liveCells = ({ cells, outputs }: Unfolded): LiveCells => {
  const known: Array<number | undefined> = [];
  for (const cell of cells) known.push(knownValue(cell, known));
  const reads = cells.map((cell): ReadonlyArray<number> => {
    if (!("of" in cell)) return [];
    const [condition = -1, chosen = -1, otherwise = -1] = cell.of;
    const decided = cell.tag === "apply" && cell.fn === "select" ? known[condition] : undefined;
    return decided === undefined ? cell.of : [decided !== 0 ? chosen : otherwise];
  });
  return {
    reads,
    live: reachable(
      outputs.flatMap((output) => output.cells.map(({ cell }) => cell)),
      reads,
    ),
  };
};

/** The value of a cell that depends on nothing but positions and lengths. */
const knownValue = (cell: Formula<number>, known: ReadonlyArray<number | undefined>): number | undefined => {
  if (cell.tag === "number") return cell.value;
  if (cell.tag !== "apply" && !(cell.tag === "sum" && cell.of.length === 1)) return undefined;
  const operands = cell.of.map((operand) => known[operand]);
  const [x, z = 0, w = 0] = operands;
  if (x === undefined || operands.includes(undefined)) return undefined;
  return cell.tag === "sum" ? x : pointwiseValues[cell.fn](x, z, w);
};
