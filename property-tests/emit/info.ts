import type { ModelInfo } from "../../src/runtime/interface.ts";

/** A description of a model, from the parts that a test is about. */
export const describeModel = (parts: Partial<ModelInfo>): ModelInfo => ({
  name: "Tested",
  precision: "f64",
  axes: [],
  inputs: [],
  targets: [],
  params: [],
  noises: [],
  randoms: [],
  required: [],
  limits: [],
  outputs: [],
  streamable: null,
  hasLoss: false,
  ...parts,
});
