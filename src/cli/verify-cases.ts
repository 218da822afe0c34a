import * as E from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { nearby } from "../check/gradient.ts";
import { randomExample } from "../check/random-example.ts";
import type { Compiled } from "../compile.ts";
import { type Computed, type Raised, RunAnswer } from "../export/verify/answers.ts";
import { type TensorTold, tensorsOfBatch } from "../export/verify/batch.ts";
import { type Comparison, compared, type Expected } from "../export/verify/compared.ts";
import { type Link, tensorsOf } from "../export/verify/links.ts";
import type { CaseSpec } from "../export/verify/shrink.ts";
import type { Batch, Example, Params } from "../runtime/interface.ts";
import { type Failure, usageError } from "./failure.ts";
import type { Setting, Verification } from "./verify-setting.ts";

/** A case as it was drawn, with what rnnc says of it. */
export interface DrawnCase {
  readonly spec: CaseSpec;
  readonly setting: Setting;
  readonly params: Params;
  readonly examples: ReadonlyArray<Example>;
  readonly batch: Batch;
  readonly tensors: Readonly<Record<string, TensorTold>>;
  readonly expected: Expected;
}

/** What came of it. */
export interface RunCase {
  readonly drawn: DrawnCase;
  readonly computed: Computed;
  readonly comparison: Comparison;
}

export type Outcome = E.Either<RaisedCase, RunCase>;

interface RaisedCase {
  readonly drawn: DrawnCase;
  readonly raised: Raised;
}

/** Nothing where a model does not take such data at all. */
export const drawnCase = (setting: Setting, spec: CaseSpec): DrawnCase | undefined => {
  const { compiled } = setting;
  const params = nearby(compiled.init(spec.seed), xoroshiro128plus(spec.seed));
  const ragged = new Set(compiled.model.axes.flatMap(({ length, over }) => (over.length > 0 ? [length] : [])));
  const examples = spec.examples.map((lengths, i) =>
    randomExample(compiled.model, xoroshiro128plus(1000 * spec.seed + i), (name) => ({
      least: ragged.has(name) ? Math.min(1, lengths[name]!) : lengths[name]!,
      greatest: lengths[name]!,
    })),
  );
  return accepted(() => {
    const batch = compiled.pack(examples);
    return {
      spec,
      setting,
      params,
      examples,
      batch,
      tensors: tensorsOfBatch(compiled.model, examples, batch),
      expected: expectedOf(compiled, params, batch),
    };
  });
};

export const expectedOf = (compiled: Compiled, params: Params, batch: Batch): Expected => {
  const { loss, gradient } = compiled.gradient(params, batch);
  return { loss, gradient };
};

/** What a model refuses is no case. */
const accepted = <A>(make: () => A): A | undefined => {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && error.name === "RnncError") return undefined;
    throw error;
  }
};

/** All of them in one question. */
export const runCases = async (
  { python }: Verification,
  drawn: ReadonlyArray<DrawnCase>,
  linksOf: (drawn: DrawnCase, i: number) => ReadonlyArray<Link> = ({ setting }) => setting.links,
): Promise<E.Either<Failure, ReadonlyArray<Outcome>>> => {
  const cases = drawn.map((each, i) => ({
    arguments: each.setting.arguments,
    params: tensorsOf(linksOf(each, i), each.setting.tensors, each.params),
    batch: each.tensors,
    examples: each.examples,
  }));
  const answers = await python.ask({ ask: "run", cases }, RunAnswer, cases.length);
  if (E.isLeft(answers)) return E.left(usageError(answers.left));
  return E.right(
    answers.right.map((answer, i): Outcome => {
      const each = drawn[i]!;
      if ("failure" in answer) return E.left({ drawn: each, raised: answer.failure });
      return E.right({
        drawn: each,
        computed: answer,
        comparison: compared(each.expected, answer, linksOf(each, i)),
      });
    }),
  );
};
