import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Keep } from "./cells.ts";
import type { Dims } from "./dims.ts";
import type { Names } from "./names.ts";

/** What a circuit is printed with. */
export interface Setting {
  readonly names: Names;
  readonly isCounted: (input: string) => boolean;
  /** The Python of a parameter, and of an input in the inner order of its axes. */
  readonly parameter: (path: string) => string;
  readonly input: (name: string, dims: Dims, size: (axis: Axis) => string) => string;
  readonly length: (name: string) => string;
  /** Has a function of `support.ts` stand in the module. */
  readonly needs: (name: string) => string;
  /** What an input of the compiler's own is called. */
  readonly called: (name: string) => string;
  /** The modules of cells, the innermost first: their paths, and how they are read. */
  readonly cells: ReadonlyArray<{ readonly path: string; readonly text: string }>;
  readonly keep: Keep;
  /** Names that the function begins with. */
  readonly locals: ReadonlySet<string>;
  /** Whether it is one step of a recurrence: a cell then stands in no loop. */
  readonly isStep: boolean;
  readonly comment: (id: NodeId) => string | undefined;
}
