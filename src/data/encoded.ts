import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Example } from "../runtime/interface.ts";
import { refusal } from "../runtime/refusal.js";
import { type Encoder, exampleOf } from "./coding/example.ts";
import { bothCounts, type UnknownCounts, unknownIn } from "./coding/unknown.ts";
import { type DataError, explainDataError } from "./data-error.ts";
import { type Examples, numbersIn } from "./examples.ts";
import type { Listed } from "./record.ts";
import type { Sample } from "./sample.ts";

/** Examples of samples that were all looked at once. */
export interface Encoded {
  readonly examples: Examples;
  /** Which sample each is of. */
  readonly places: Int32Array;
  /** How many positions each has along all its axes. */
  readonly lengths: Float64Array;
  readonly unknown: UnknownCounts;
  /** What was bad and left out. */
  readonly skipped: ReadonlyArray<DataError>;
}

type Fits = (example: Example, sample: Sample) => E.Either<DataError, number>;

/** Examples of so many numbers are kept once they are made; of more, each is made anew whenever it is its turn. */
const mostNumbers = 8_000_000;

/**
 * Makes every example once, so that what does not fit is found before anything begins; `fits` asks the model, and gives
 * how many positions an example has.
 */
export const encodedAll = (
  encoder: Encoder,
  samples: Listed<Sample>,
  allowed: number,
  fits: Fits,
): E.Either<DataError, Encoded> => {
  const places = new Int32Array(samples.count);
  const lengths = new Float64Array(samples.count);
  let kept: Example[] = [];
  let room = mostNumbers;
  const skipped: DataError[] = [];
  let unknown: UnknownCounts = {};
  let count = 0;
  for (let i = 0; i < samples.count; i++) {
    const made = exampleAt(encoder, samples, i, fits);
    if (E.isRight(made)) {
      room -= numbersIn(made.right.example);
      if (room >= 0) kept.push(made.right.example);
      else kept = [];
      lengths[count] = made.right.length;
      unknown = bothCounts(unknown, unknownIn(encoder.coding, made.right.example));
      places[count++] = i;
    } else if (skipped.length < allowed) skipped.push(made.left);
    else return allowed === 0 ? made : E.left({ tag: "tooManyBad", allowed, first: made.left });
  }
  const at = (index: number): Example => {
    if (kept.length > 0) return kept[index]!;
    const again = exampleAt(encoder, samples, places[index]!, () => E.right(0));
    // A file that is changed while it is read.
    if (E.isLeft(again))
      throw refusal("the data", "what they were when the training began", explainDataError(again.left));
    return again.right.example;
  };
  return E.right({
    examples: { count, at },
    places: places.subarray(0, count),
    lengths: lengths.subarray(0, count),
    unknown,
    skipped,
  });
};

const exampleAt = (
  encoder: Encoder,
  samples: Listed<Sample>,
  index: number,
  fits: Fits,
): E.Either<DataError, { readonly example: Example; readonly length: number }> =>
  pipe(
    samples.at(index),
    E.flatMap((sample) =>
      pipe(
        exampleOf(encoder, sample),
        E.bindTo("example"),
        E.bind("length", ({ example }) => fits(example, sample)),
      ),
    ),
  );
