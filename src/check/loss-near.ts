import type { Holding } from "../module/holding.ts";
import type { Batch, CompiledModel, Params } from "../runtime/interface.ts";

/** A model whose gradient is compared with differences. Of a module on disk `stop` cannot be held. */
export type Checkable = CompiledModel & { readonly holding?: Holding };

export interface Point {
  readonly params: Params;
  readonly batch: Batch;
}

/** The loss near a point, as its gradient there sees it: what stands in `stop` keeps the values that it has at the point. */
export const lossNear = (model: Checkable, { params, batch }: Point): ((at: Point) => number) => {
  const held = model.holding?.(params, batch) ?? model.loss;
  return (at) => held(at.params, at.batch);
};
