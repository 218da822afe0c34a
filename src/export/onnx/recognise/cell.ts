import type { NodeId } from "../../../circuit/circuit.ts";
import type { Loop } from "../graph/plan.ts";
import type { Activation } from "./activation.ts";
import type { Affine } from "./affine.ts";
import type { Polynomial } from "./polynomial.ts";

/** A gate or a candidate of an operation of ONNX. */
export interface Gate {
  readonly affine: Affine;
  /** What is added to the recurrent matrix's product alone. */
  readonly recurrentBiases: Polynomial;
  /** -1 where the gate is 1 less that of the equations: of a sigmoid that is its argument with the other sign. */
  readonly sign: 1 | -1;
  /** By which the cell's state is seen, component by component. */
  readonly peephole: Polynomial;
}

export const plainGate = (affine: Affine, sign: Gate["sign"] = 1): Gate => ({
  affine,
  sign,
  recurrentBiases: [],
  peephole: [],
});

/** A state of a recurrence: its delay, and it after a step. */
export interface State {
  readonly delay: NodeId;
  readonly state: NodeId;
}

/** One step of a recurrence as one of ONNX's operations. */
export interface Cell {
  readonly loop: Loop;
  readonly operation: "RNN" | "LSTM" | "GRU";
  /** The state that is seen: its delay, and it after a step. */
  readonly delay: NodeId;
  readonly state: NodeId;
  /** The same of an LSTM's cell. */
  readonly memory?: State;
  readonly size: number;
  /** In ONNX's order: i, o, f, c of an LSTM, z, r, h of a GRU. */
  readonly gates: ReadonlyArray<Gate>;
  readonly activations: ReadonlyArray<Activation["name"]>;
  /** Of a GRU, whether the reset gate acts after the matrix. */
  readonly resetsAfter: boolean;
}
