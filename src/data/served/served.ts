import { checkedRecord } from "../../runtime/border.js";
import type { CompiledModel, Example, Params, VariableInfo } from "../../runtime/interface.ts";
import { describeValue, rangeRefusal, refusal, refuseUnknownNames } from "../../runtime/refusal.js";
import { isOwnName } from "../../runtime/values.js";
import { decoded, type Told } from "../coding/decode.ts";
import { drawnAs } from "../coding/drawn.ts";
import { drawTexts, unknownToken } from "../draw-texts.ts";
import type { Drawing } from "../drawing.ts";
import { drawnFrom } from "../drawn-from.ts";
import { predict } from "../predicted.ts";
import { lackedLength, lackedTarget, readBackExpected } from "../read-back.ts";
import { askedOf, asToldOf, examplesOf } from "./examples.ts";
import type { Facts } from "./facts.ts";

/** One answer of one record, a list of a list. */
export type Served<Options extends ReadonlyArray<unknown>, Answer> = (
  input: unknown,
  ...options: Options
) => Answer | ReadonlyArray<Answer>;

/** What a trained model says of records, as `rnnc predict` does, without what stands in the records themselves. */
export const newPredict =
  (compiled: Pick<CompiledModel, "model" | "pack" | "forward">, params: Params, facts: Facts): Served<[], Told> =>
  (input) => {
    const asked = askedOf(input);
    const examples = examplesOf(compiled, facts, asked);
    const told = asToldOf(
      facts,
      asked,
      examples,
      () =>
        predict(compiled, params, examples).map((outputs) =>
          decoded(compiled.model, facts.declared, facts.coding, outputs),
        ),
      (example) => refuseLacked(compiled, example),
    );
    return asked.isList ? told : told[0]!;
  };

/** What a model puts out, without what it says of its targets besides. */
export const outputsAlone =
  (forward: CompiledModel["forward"]): CompiledModel["forward"] =>
  (params, batch) =>
    Object.fromEntries(Object.entries(forward(params, batch)).filter(([name]) => !isOwnName(name)));

/** Why an example cannot be packed; or what it lacks, if it can be and yet the model has refused it. */
const refuseLacked = ({ model, pack }: Pick<CompiledModel, "model" | "pack">, example: Example): void => {
  const refused = (lacked: VariableInfo | undefined): void => {
    if (lacked !== undefined)
      throw refusal(`examples[0].${lacked.name}`, readBackExpected, "nothing: `generate` draws it");
  };
  refused(lackedLength(model, example));
  pack([example]);
  refused(lackedTarget(model, example));
};

/** What a trained model draws from records, as `rnnc generate RUN --data` does. */
export const newGenerate =
  (compiled: Pick<CompiledModel, "model" | "generate">, params: Params, facts: Facts): Served<[Drawing?], Told> =>
  (input = {}, options = {}) => {
    checkDrawing(options);
    const asked = askedOf(input);
    const examples = examplesOf(compiled, facts, asked);
    const drawn = (some: typeof examples) => [...drawnFrom(compiled, params, some, options)];
    const all = asToldOf(
      facts,
      asked,
      examples,
      () => drawn(examples),
      (example) => drawn([example]),
    );
    const told = all.map((values) => drawnAs(facts.declared, facts.coding, values, options.several !== undefined));
    return asked.isList ? told : told[0]!;
  };

/** Text that goes on from a prefix, as `rnnc generate RUN --prefix` draws it. */
export const newGenerateText =
  (compiled: Pick<CompiledModel, "model" | "generate">, params: Params, { vocabulary }: Facts) =>
  (prefix: unknown = "", options: Drawing = {}): string | ReadonlyArray<string> => {
    checkDrawing(options);
    if (typeof prefix !== "string") throw refusal("prefix", "a text to go on from", describeValue(prefix));
    const unknown = unknownToken(vocabulary!, prefix);
    if (unknown !== undefined) throw rangeRefusal(`prefix: ${unknown}`);
    const texts = drawTexts(compiled, params, vocabulary!, prefix, options);
    return options.several === undefined ? texts[0]! : texts;
  };

const drawingNames: ReadonlyArray<keyof Drawing> = [
  "length",
  "seed",
  "choose",
  "temperature",
  "topK",
  "topP",
  "beam",
  "lengthPenalty",
  "several",
];

/** What the model's own function does not look at under these names. */
const checkDrawing = (options: Drawing): void => {
  checkedRecord(options, "options", "an object, as { length: 10 }");
  refuseUnknownNames("options", Object.keys(options), drawingNames);
  const { several = 1, beam = Number.POSITIVE_INFINITY } = options;
  if (!(Number.isInteger(several) && several > 0))
    throw refusal("options.several", "an integer above 0", describeValue(several));
  if (several > beam) throw refusal("options.several", `at most the beam's width ${beam}`, `${several}`);
};
