import type { Facts } from "../data/served/facts.ts";
import type { ExportName } from "../module/contents.ts";
import { declarationText } from "../module/declaration.ts";
import { member } from "../module/member-types.ts";
import type { ModelInfo } from "../runtime/interface.ts";
import { vocabulariesOf } from "../train/facts.ts";
import { answerMembers, drawnMembers, inputMembers, type Members } from "./run-types.ts";

/** What a module of a run has beside functions of its compiled model. */
export interface Serving {
  readonly predicts: boolean;
  /** The targets that are drawn, if it generates. */
  readonly draws: ReadonlyArray<string> | undefined;
}

/** The types of a module of a run: those of its compiled model, and records by their fields. */
export const runDeclarationText = (
  model: ModelInfo,
  facts: Facts,
  exports: ReadonlyArray<ExportName>,
  serving: Serving,
): string =>
  [
    declarationText(model, { exports, wrt: [] }),
    facts.vocabulary === null ? interfaceText("InputRecord", recordComment(facts), inputMembers(model, facts)) : "",
    serving.predicts ? predictText(model, facts) : "",
    serving.draws === undefined ? "" : generateText(model, facts, serving.draws),
    paramsText(model, facts, serving),
  ].join("");

const recordComment = ({ gathers, stretch: { window } }: Facts): string =>
  gathers
    ? `A series of rows: each field has a list with one value for each row${window === undefined ? "" : `, of which the last ${window} are read`}. Numbers are in their own units, words are texts.`
    : "A record as a line of JSON has it: words are texts, numbers are in their own units.";

const interfaceText = (name: string, comment: string, members: Members): string => `
/** ${comment} */
export interface ${name} {
${[...members.values()].join("\n")}
}
`;

const predictText = (model: ModelInfo, facts: Facts): string => `${interfaceText(
  "Answer",
  "What the model says of a record, in the terms of the data.",
  answerMembers(model, facts),
)}
/** Of a record its answer, of a list of records a list of answers. */
export interface Predict {
  (input: ReadonlyArray<InputRecord>): ReadonlyArray<Answer>;
  // Last, so that what does not fit is told of a record.
  (input: InputRecord): Answer;
}

/**
 * What \`rnnc predict\` writes of a record, without what stands in the record itself.
 *
 * @throws RnncError that names the record and its field, what was expected and what was found
 */
export declare const predict: Predict;
`;

const drawOptions = `
/** How is drawn, or searched along a beam. */
export interface DrawOptions extends Pick<GenerateOptions, "seed" | "choose" | "temperature" | "topK" | "topP" | "beam" | "lengthPenalty"> {
  /** How many steps at the most (default 500, or as far as the model and the inputs reach). */
  readonly length?: number;
  /** So many of each, as a list; with a beam the best of them, at most its width. */
  readonly several?: number;
}
type One = DrawOptions & { readonly several?: undefined };
type Several = DrawOptions & { readonly several: number };
`;

const generateText = (model: ModelInfo, facts: Facts, draws: ReadonlyArray<string>): string =>
  facts.vocabulary === null ? generateRecords(model, facts, draws) : generateFromPrefix;

const generateFromPrefix = `${drawOptions}
export interface Generate {
  (prefix?: string, options?: One): string;
  (prefix: string, options: Several): ReadonlyArray<string>;
}

/**
 * A text that begins with the prefix, as \`rnnc generate\` draws it; with \`several\` a list of them.
 *
 * @throws RnncError for a prefix that the vocabulary does not have, or options that do not fit
 */
export declare const generate: Generate;
`;

const generateRecords = (
  { inputs }: ModelInfo,
  facts: Facts,
  draws: ReadonlyArray<string>,
): string => `${drawOptions}${interfaceText(
  "Drawn",
  "What is drawn from a record, in the terms of the data.",
  new Map([
    ...drawnMembers(facts, draws),
    ["$logProbability", member("Of a beam: how probable it is.", "$logProbability", "number", "?")],
  ]),
)}
type EachSeveral = { readonly [name in keyof Drawn]: ReadonlyArray<NonNullable<Drawn[name]>> };
export interface Generate {
  (input${inputs.length === 0 ? "?" : ""}: InputRecord, options?: One): Drawn;
  (input: InputRecord, options: Several): EachSeveral;
  (input: ReadonlyArray<InputRecord>, options?: One): ReadonlyArray<Drawn>;
  (input: ReadonlyArray<InputRecord>, options: Several): ReadonlyArray<EachSeveral>;
}

/**
 * What the model draws from a record, as \`rnnc generate\` does; with \`several\` a list of each.
 *
 * @throws RnncError that names the record and its field, or the option, what was expected and what was found
 */
export declare const generate: Generate;
`;

const vocabulariesType = (names: ReadonlyArray<string>): string =>
  names.length === 0
    ? "Readonly<Record<string, never>>"
    : `{\n${names.map((name) => member("By symbol.", name, "ReadonlyArray<string>")).join("\n")}\n}`;

const paramsText = (model: ModelInfo, facts: Facts, { predicts, draws }: Serving): string => `
/** The trained parameters. */
export declare const params: Params;

/** By variable, the words that its symbols stand for. */
export declare const vocabularies: ${vocabulariesType(Object.keys(vocabulariesOf(facts, model.targets[0]?.name)))};
${
  predicts || draws !== undefined
    ? `
/** The same with other parameters, such as these after further training. */
export declare const withParams: (params: Params) => {
${predicts ? "  readonly predict: Predict;\n" : ""}${draws === undefined ? "" : "  readonly generate: Generate;\n"}};
`
    : ""
}`;
