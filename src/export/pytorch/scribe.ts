import type { Axis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import type { Dims } from "./dims.ts";
import type { Kind } from "./kinds.ts";
import type { Path } from "./loops.ts";
import type { Padding } from "./padding.ts";
import type { Piece } from "./text.ts";

/** What the rules of operations print with. */
export interface Scribe {
  readonly circuit: Circuit;
  readonly node: (id: NodeId) => Node;
  readonly kind: (id: NodeId) => Kind;
  readonly padding: Padding;
  /** Whether zero must be made to absorb in the gradient of an operation. */
  readonly absorbs: (id: NodeId) => boolean;
  /** Whether a state is set to 0 in the padding of an axis. */
  readonly isZeroed: (id: NodeId, axis: Axis) => boolean;
  /** Whether PyTorch has a function for a value that is made of several operations. */
  readonly isRecognised: (id: NodeId) => boolean;
  /** What a softmax is over, which it is 0 in the padding of. */
  readonly softmaxed: (id: NodeId) => Axis | undefined;
  /** The loops in which a value is made. */
  readonly home: (id: NodeId) => Path;
  /** How often a value is read. */
  readonly uses: (id: NodeId) => number;
  /** The dimensions of a node's tensor where loops along some of them are open. */
  readonly dims: (id: NodeId, path: Path) => Dims;
  /** A value where it is read; `places`: by the key of an axis, where along it, if that is not where the loops stand. */
  readonly read: (id: NodeId, path: Path, places?: ReadonlyMap<string, string>) => Piece;
  /** How many positions an axis has: of a batch, along the longest example. */
  readonly size: (axis: Axis) => string;
  /** Where positions along padded axes exist; undefined where all do. */
  readonly inside: (
    axes: ReadonlyArray<Axis>,
    path: Path,
  ) => { readonly piece: Piece; readonly dims: Dims } | undefined;
  /** The lengths of the examples along an axis. */
  readonly lengths: (axis: Axis, path: Path) => { readonly piece: Piece; readonly dims: Dims };
  /** The positions 1, 2, … along an axis (of components 0, 1, …). */
  readonly positions: (axis: Axis, path: Path) => { readonly piece: Piece; readonly dims: Dims };
  readonly wholeLengths: (axis: Axis) => Laid;
  /** A tensor made before all loops, where these stand. */
  readonly indexed: (laid: Laid, path: Path) => Laid;
  /** The variable of a loop, which counts from 0. */
  readonly turn: (axis: Axis) => string;
  /** Has a function of `support.ts` stand in the module. */
  readonly needs: (name: string) => string;
}

/** An operand, with its dimensions. */
export interface Laid {
  readonly piece: Piece;
  readonly dims: Dims;
}
