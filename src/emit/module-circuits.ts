import type { Circuit, OutputRole } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { match } from "../match.ts";
import { addBatch } from "../transform/batch.ts";
import { batchLoss, type LossScale } from "../transform/batch-loss.ts";
import { differentiate, leafName, leavesOf } from "../transform/differentiate.ts";
import { optimise } from "../transform/simplify.ts";

/** The circuits of a module's programs, ready to be scheduled. What a model lacks is left out. */
export interface Circuits {
  readonly forward: Circuit;
  readonly loss?: Circuit;
  readonly gradient?: Circuit;
}

export interface CircuitOptions {
  /** What the losses of a batch's examples are divided by: their number, nothing, or the number of observed values. */
  readonly loss: LossScale["tag"];
  /** Inputs whose gradient is wanted besides those of the parameters. */
  readonly wrt: ReadonlyArray<string>;
}

export const circuitsOf = (model: Model, { loss, wrt }: CircuitOptions): Circuits => {
  const forward = optimise(addBatch.run(keep(["output"], model.circuit)));
  if (!model.circuit.outputs.some(({ role }) => role === "loss")) return { forward };
  const batched = batchLoss(lossScale(model, loss)).run(addBatch.run(keep(["loss"], model.circuit)));
  const wanted = leavesOf(batched).filter((leaf) => leaf.tag === "parameter" || wrt.includes(leafName(leaf)));
  return {
    forward,
    loss: optimise(batched),
    gradient: optimise(differentiate({ wrt: wanted })(batched)),
  };
};

/** The circuit of some of the outputs; what only the others need is dropped when it is optimised. */
const keep = (roles: ReadonlyArray<OutputRole>, circuit: Circuit): Circuit => ({
  ...circuit,
  outputs: circuit.outputs.filter(({ role }) => roles.includes(role)),
});

const lossScale = (model: Model, tag: LossScale["tag"]): LossScale =>
  match<{ readonly tag: LossScale["tag"] }, LossScale>({
    mean: () => ({ tag: "mean" }),
    sum: () => ({ tag: "sum" }),
    perObservation: () => ({
      tag: "perObservation",
      targets: model.inputs.filter(({ role }) => role === "target").map(({ axes }) => axes),
    }),
  })({ tag });
