/** `rnnc/train`: what `rnnc train` saved, in process. Needs Node. */
export {
  type Generate,
  type LoadedRun,
  type LoadOptions,
  loadedRun as loadRun,
  type Predict,
} from "./loaded-run.ts";
