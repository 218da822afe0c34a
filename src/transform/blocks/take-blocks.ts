import type { NodeId } from "../../circuit/circuit.ts";
import type { Pass } from "../../circuit/pass.ts";
import { copyNode, rewrite } from "../../circuit/rewrite.ts";
import type { BlockSize } from "./block-size.ts";
import { byPosition } from "./places.ts";
import { readingsOf } from "./readings.ts";
import { type InBlocks, inBlocks, lastState, sumInBlock } from "./state.ts";

/**
 * A state that decays and is written to, `S[t] = a[t] S[t-1] + v[t] k[t]^T`, of which only sums `S[t] q[t]` are read, in
 * blocks of positions (Hua, Dai, Liu and Le 2022; Sun and others 2023): with D[t,s] what is left at t of what was written
 * at s, and S before the block, `S[t] q[t] = (all decays since) S q[t] + sum over s of D[t,s] (k[s]^T q[t]) v[s]`. These are
 * products of matrices, and the state is kept once a block. Decays are multiplied one by one and nothing is divided, so
 * all may be 0. Components of k or of v may decay each at a rate of its own; v may depend on the state by such sums
 * (`corrected.ts`).
 *
 * A place that is infinite or no number reaches all places of its block in these products, also those before it: 0 times
 * it is no number.
 */
export const takeBlocks = (blockSize: BlockSize): Pass => ({
  name: "blocks",
  description: "takes recurrences that are linear in a matrix in blocks of positions, as products of matrices",
  run: (circuit) => {
    const readings = readingsOf(circuit, blockSize);
    if (readings.size === 0) return circuit;
    const states = new Map<NodeId, InBlocks>();
    const { b, renamed } = rewrite(circuit, (b, node, inputs, id, renamed) => {
      const found = readings.get(id);
      if (found === undefined) return copyNode(b, node, inputs);
      const { taken, reading } = found;
      const state = states.get(taken.state) ?? inBlocks(b, circuit, taken, renamed);
      states.set(taken.state, state);
      return reading.tag === "last"
        ? lastState(b, state)
        : byPosition(b, state.decays.cut, sumInBlock(b, state, reading, renamed));
    });
    return b.finish(circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })));
  },
});
