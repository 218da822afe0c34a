import type { Model } from "../circuit/model.ts";
import { rewritten } from "../circuit/rewritten.ts";
import { expandGradients } from "../transform/gradients/expand.ts";

/** A model with the derivatives of its equations as the program speaks of them. */
export const asWritten = (model: Model): Model => ({ ...model, ...model.written });

/** A model whose derivatives are circuits, and all else as it was written: for pictures. */
export const asDrawn = (model: Model): Model =>
  model.written === undefined ? model : rewritten(asWritten(model), expandGradients.run);
