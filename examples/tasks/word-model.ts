import * as E from "fp-ts/lib/Either.js";
import { explainDataError } from "../../src/data/data-error.ts";
import { type Corpus, readCorpus } from "../../src/data/plan.ts";
import { joinTexts, streamText, windowsOf } from "../../src/data/streams.ts";
import { sizeOf } from "../../src/data/vocabulary.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { heldOutWindow } from "../../src/train/task.ts";
import { trigrams } from "./baselines/trigrams.ts";
import { lossPerValue } from "./measure.ts";
import { atMost, type LazyTask, type Task } from "./task.ts";

/** A model of the words of the Brown corpus, each predicted from those before it: `char-lm.rnn` on words. */
export const wordModelTask: LazyTask = {
  name: "words of the Brown corpus",
  task: async () => wordModelOf(wordData()),
};

/** The corpus as `rnnc train char-lm.rnn --data brown --tokens words --lower --min-count 50` reads it. */
export const wordData = (files: ReadonlyArray<string> = ["brown"], minimum = 50): Corpus => {
  const read = readCorpus({
    files,
    kind: "text",
    streams: 1,
    window: 1,
    holdOut: 10,
    tokens: "words",
    lower: true,
    minimum,
  });
  if (E.isRight(read)) return read.right;
  throw new Error(explainDataError(read.left));
};

export const wordModelOf = ({ vocabulary, training, heldOut }: Corpus): Task => {
  const size = sizeOf(vocabulary);
  const windows = (texts: ReadonlyArray<Int32Array>): ReadonlyArray<Example> =>
    texts.flatMap(windowsOf(heldOutWindow)).map((y) => ({ y }));
  return {
    name: wordModelTask.name,
    program: "char-lm",
    statics: { V: size, n: 128, d: 64 },
    training: () => windows(training),
    heldOut: () => windows(heldOut),
    feed: (streams) => streamText("y", { streams, window: 35 })(joinTexts(training)),
    settings: { steps: 2000, batch: 16, rate: 0.005 },
    marks: [
      {
        metric: `perplexity of a word of new documents (${size} words)`,
        measure: (trained, examples) => Math.exp(lossPerValue(trained, examples)),
        baseline: trigrams(size),
        required: atMost(50),
        cannot:
          "its steps are one pass over a million words, after which it is level with trigrams and no more: " +
          "what these count, a network has to learn",
      },
    ],
  };
};
