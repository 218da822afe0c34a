import type { Axis, TimeAxis } from "../../circuit/axis.ts";
import type { Circuit } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { withoutNothing } from "../../circuit/optimisation.ts";
import { addBatch } from "../../transform/batch.ts";
import { batchLoss, type LossScale, undividedLoss } from "../../transform/batch-loss.ts";
import { dropDeadNodes } from "../../transform/dead-nodes.ts";
import { joinProducts } from "../../transform/joined/join-products.ts";
import { observed } from "../../transform/observed.ts";
import { checked } from "../../transform/pipeline.ts";
import { simplifyWithout } from "../../transform/simplify.ts";
import { stableForms } from "../../transform/stable/stable-forms.ts";
import { startCircuit, stepCircuit } from "../../transform/step.ts";
import { statesOf, streamAxis } from "../../transform/stream.ts";

/**
 * What is printed: outputs and the loss of a batch in one circuit, which PyTorch differentiates; of a model that only looks
 * back, the state before its first step, and a step.
 */
export interface PrintedCircuits {
  readonly whole: Circuit;
  /** Of a loss per observed value, what all of a batch's count (role `weight`): parts of a batch are weighted by it. */
  readonly count?: Circuit;
  readonly stream?: {
    readonly start: Circuit;
    readonly step: Circuit;
    readonly axis: string;
    readonly names: ReadonlyMap<string, string>;
  };
}

export const printedCircuits = (model: Model, loss: LossScale): PrintedCircuits => {
  const batched = checked([observed(model), stableForms, addBatch])(model.circuit);
  const simplify = checked([...simplifyWithout(withoutNothing), joinProducts(() => true), dropDeadNodes]);
  const asked = {
    ...batched,
    outputs: batched.outputs.filter(({ role }) => role === "output" || role === "loss" || role === "weight"),
  };
  const scaled = checked([batchLoss(loss)])(asked);
  const axis = streamAxis(batched);
  return {
    whole: simplify(scaled),
    ...(loss === "perObservation" && batched.outputs.some(({ role }) => role === "loss")
      ? { count: simplify(countAlone(checked([undividedLoss(loss)])(asked))) }
      : {}),
    ...(axis === undefined
      ? {}
      : {
          stream: {
            start: simplify(startCircuit(batched, axis)),
            step: simplify(stepCircuit(batched, axis)),
            axis: axis.key,
            names: carriedNames(batched, axis),
          },
        }),
  };
};

const countAlone = (circuit: Circuit): Circuit => ({
  ...circuit,
  outputs: circuit.outputs.filter(({ role }) => role === "weight"),
});

/** What is carried, by the variable whose value it is: `h`, of earlier positions `h (2)`. */
const carriedNames = (circuit: Circuit, axis: TimeAxis): ReadonlyMap<string, string> => {
  const taken = new Set(["position", ...circuit.nodes.flatMap(({ axes }) => axes.flatMap(lengthNames))]);
  return new Map(
    statesOf(circuit, axis).flatMap(({ name, delay, ahead }) => {
      const source = nodeAt(circuit, nodeAt(circuit, delay).inputs[1]!).name;
      const key = source === undefined ? undefined : ahead === 1 ? source : `${source} (${ahead})`;
      if (key === undefined || taken.has(key)) return [];
      taken.add(key);
      return [[name, key] as const];
    }),
  );
};

const lengthNames = (axis: Axis): ReadonlyArray<string> =>
  axis.tag === "time" && axis.extent.tag === "length" ? [axis.extent.name] : [];
