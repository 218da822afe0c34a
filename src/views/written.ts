import type { Model } from "../circuit/model.ts";
import { expandGradients } from "../transform/gradients/expand.ts";

/** A model with the derivatives of its equations as the program speaks of them. */
export const asWritten = (model: Model): Model =>
  model.written === undefined ? model : { ...model, circuit: model.written };

/** A model whose derivatives are circuits, and all else as it was written: for pictures. */
export const asDrawn = (model: Model): Model =>
  model.written === undefined ? model : { ...model, circuit: expandGradients.run(model.written) };
