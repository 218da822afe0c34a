/** `rnnc/property`: what to test one's own models with. Needs fast-check. */
export { batches, directions, examples, type Packed, parameters, type Sizes } from "./arbitrary.ts";
export { batchOrderDoesNotMatter, neighboursDoNotMatter, paddingDoesNotMatter } from "./batch.ts";
export { type ForwardOptions, type JacobianVector, jvp, type Slopes } from "./forward-mode.ts";
export { gradientAgreesWithDifferences, type LawOptions } from "./gradient.ts";
export { type HessianVector, hessianVector } from "./hessian-vector.ts";
export { type Jacobian, type JacobianBlock, jacobian } from "./jacobian.ts";
export type { Law } from "./law.ts";
export { lawsOf, type NamedLaw } from "./laws.ts";
export { type OnlineGradient, onlineGradient } from "./online-gradient.ts";
export { chunksEqualWhole, stepEqualsForward } from "./stream.ts";
