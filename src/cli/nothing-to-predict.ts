import type { ModelInfo } from "../runtime/interface.ts";

/** Whether a model tells nothing of an example: it has no output, and draws no target. */
export const tellsNothing = ({ outputs, randoms }: ModelInfo): boolean => outputs.length + randoms.length === 0;

/** Of such a model. */
export const nothingToPredict = (name: string): string =>
  `${name} has no output and no ~, so there is nothing to predict: declare what it predicts, as in \`output y\` or \`output p[t] = …\``;

/** The same to who begins to train it, for later it is too late. */
export const nothingToPredictOf = (name: string): string =>
  `Nothing can be predicted of this run: ${name} has no output and no ~. \`output y\` in the program says what, of any variable y.\n`;
