import type { Axis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { isContraction } from "../../transform/contraction.ts";
import type { sharesInPlace } from "./shares.ts";
import type { spreading, withLookups } from "./summand.ts";
import type { delayViews } from "./views.ts";

/** How nodes become statements, where there is a choice. */
export interface Forms {
  /** Splits the factors of a sum: symbols pick positions of the others. */
  readonly withLookups: typeof withLookups;
  /** Of the factors of a sum that is spread by a symbol, the one-hot one. */
  readonly spreading: typeof spreading;
  /** Whether a sum over axes of a product of two values with these axes is a matrix product. */
  readonly isContraction: typeof isContraction;
  /** Further axes that nodes are taken to have where that is asked. */
  readonly furtherAxes: (circuit: Circuit) => (id: NodeId) => ReadonlyArray<Axis>;
  /** Whether a map that so many statements read is computed in their loops. */
  readonly isAbsorbed: (uses: number) => boolean;
  readonly delayViews: typeof delayViews;
  readonly sharesInPlace: typeof sharesInPlace;
}

/** What the form of a sum depends on, besides its operand. */
export interface Forming {
  readonly circuit: Circuit;
  readonly forms: Forms;
  readonly furtherAxes: (id: NodeId) => ReadonlyArray<Axis>;
  /** How often each node is read. */
  readonly uses: ReadonlyMap<NodeId, number>;
  /** Whether a value is 0 in the padding of an axis; of a sum, once it has its form. */
  readonly isClean: (id: NodeId, axis: Axis) => boolean;
}
