import { newBuilder } from "../circuit/build.ts";
import { gradientName } from "../circuit/own-names.ts";
import type { Pass } from "../circuit/pass.ts";

/** A circuit with gradients becomes one of their parameters alone, with gradients that the caller gives. */
export const givenGradients: Pass = {
  name: "given-gradients",
  description: "takes gradients from the caller in place of those of the loss",
  run: (circuit) => {
    const b = newBuilder();
    const gradients = circuit.outputs.filter(({ role }) => role === "gradient");
    for (const { op } of circuit.nodes)
      if (op.tag === "parameter" && gradients.some(({ name }) => name === op.path)) b.parameter(op.path, op.shape);
    return b.finish(gradients.map((output) => ({ ...output, node: b.input(gradientName(output.name), output.axes) })));
  },
};
