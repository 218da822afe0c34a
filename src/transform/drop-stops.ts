import type { Pass } from "../circuit/pass.ts";
import { copyNode, rebuild } from "../circuit/rewrite.ts";

/** Once no derivative is to be taken any more, `stop` is the identity. */
export const dropStops: Pass = {
  name: "drop-stops",
  description: "removes `stop`, which matters to derivatives only",
  run: (circuit) =>
    rebuild(circuit, (b, node, inputs) =>
      node.op.tag === "map" && node.op.fn === "stop" ? inputs[0]! : copyNode(b, node, inputs),
    ),
};
