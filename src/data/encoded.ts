import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Example } from "../runtime/interface.ts";
import { refusal } from "../runtime/refusal.js";
import { type Encoder, exampleOf } from "./coding/example.ts";
import { type DataError, explainDataError } from "./data-error.ts";
import type { Examples } from "./examples.ts";
import type { Listed } from "./record.ts";
import type { Sample } from "./sample.ts";

/** Examples of samples that were all looked at once. */
export interface Encoded {
  readonly examples: Examples;
  /** Which sample each is of. */
  readonly places: Int32Array;
  /** What was bad and left out. */
  readonly skipped: ReadonlyArray<DataError>;
}

/** So many examples are kept once they are made; of more, each is made anew whenever it is its turn. */
const mostKept = 200_000;

/** Makes every example once, so that what does not fit is found before anything begins; `fits` asks the model. */
export const encodedAll = (
  encoder: Encoder,
  samples: Listed<Sample>,
  allowed: number,
  fits: (example: Example, sample: Sample) => E.Either<DataError, void>,
): E.Either<DataError, Encoded> => {
  const places = new Int32Array(samples.count);
  const kept: Example[] = [];
  const skipped: DataError[] = [];
  let count = 0;
  for (let i = 0; i < samples.count; i++) {
    const made = exampleAt(encoder, samples, i, fits);
    if (E.isRight(made)) {
      if (samples.count <= mostKept) kept.push(made.right);
      places[count++] = i;
    } else if (skipped.length < allowed) skipped.push(made.left);
    else return allowed === 0 ? made : E.left({ tag: "tooManyBad", allowed, first: made.left });
  }
  const at = (index: number): Example => {
    if (kept.length > 0) return kept[index]!;
    const again = exampleAt(encoder, samples, places[index]!, () => E.right(undefined));
    // A file that is changed while it is read.
    if (E.isLeft(again))
      throw refusal("the data", "what they were when the training began", explainDataError(again.left));
    return again.right;
  };
  return E.right({ examples: { count, at }, places: places.subarray(0, count), skipped });
};

const exampleAt = (
  encoder: Encoder,
  samples: Listed<Sample>,
  index: number,
  fits: (example: Example, sample: Sample) => E.Either<DataError, void>,
): E.Either<DataError, Example> =>
  pipe(
    samples.at(index),
    E.flatMap((sample) =>
      pipe(
        exampleOf(encoder, sample),
        E.tap((example) => fits(example, sample)),
      ),
    ),
  );
