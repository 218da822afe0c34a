import type { Outputs, State } from "../runtime/interface.ts";

/**
 * The state after a batch, of what `forward` gave of a model that only looks back: as far as its outputs depend on it. It
 * stands beside the outputs as `$state`, where the types of a record of outputs have no place for it.
 */
export const stateOf = (outputs: Outputs): State | undefined =>
  (outputs as { readonly $state?: unknown }).$state as State | undefined;
