import type { Axis } from "../../circuit/axis.ts";
import type { NodeId, Output } from "../../circuit/circuit.ts";
import type { Size } from "../../loops/size.ts";
import type { Uses } from "../order/sinking.ts";
import type { Classified } from "../statements/classify.ts";
import type { StatementId } from "../statements/statement.ts";
import type { InPlace } from "./in-place.ts";
import type { droppable, Path, staysInBody } from "./paths.ts";
import type { Places } from "./places.ts";

/** Where values stand, where there is a choice. */
export interface Keeping {
  /** Whether a value that is used so needs no buffer. */
  readonly staysInBody: typeof staysInBody;
  /** The axes that a buffer need not have. */
  readonly droppable: typeof droppable;
  /** Whether a result may stand where its value is computed. */
  readonly isResultInPlace: (output: Output) => boolean;
}

/** What every place is given by: the statements in their loops, who reads them, and the places that there are already. */
export interface Placing {
  readonly classified: Classified;
  readonly uses: Uses;
  readonly keeping: Keeping;
  readonly paths: ReadonlyMap<StatementId, Path>;
  readonly inPlace: InPlace;
  readonly places: Places;
  readonly extent: (axis: Axis) => Size;
  /** A value's axes in the order in which they are visited. */
  readonly inOrderOfUse: (node: NodeId, axes: ReadonlyArray<Axis>) => ReadonlyArray<Axis>;
}
