import type { Entries } from "../data/coding/coding.ts";
import type { DeclaredVariable } from "../data/coding/declared.ts";
import { expectedNames } from "../data/coding/decode.ts";
import { fieldsOf } from "../data/coding/fields.ts";
import { ownOf } from "../data/coding/own.ts";
import type { Facts } from "../data/served/facts.ts";
import { describe, lengthMembers, member } from "../module/member-types.ts";
import type { ModelInfo } from "../runtime/interface.ts";

/** A member of an interface, by its name: of several fields with one name the first counts. */
export type Members = ReadonlyMap<string, string>;

/** Lists of lists; of numbers the innermost may be typed arrays. */
const given = (type: string, depth: number): string =>
  type === "number" && depth > 0 ? list("Numbers", depth - 1) : list(type, depth);

const list = (type: string, depth: number): string => (depth <= 0 ? type : list(`ReadonlyArray<${type}>`, depth - 1));

/** The fields of a record: what they may hold, and which may be left out. */
export const inputMembers = (model: ModelInfo, facts: Facts): Members => {
  const members = new Map<string, string>();
  const add = (name: string, comment: string, type: string, optional: string): void => {
    if (!members.has(name)) members.set(name, member(comment, name, type, optional));
  };
  for (const role of ["input", "target"] as const)
    for (const variable of facts.declared.filter((declared) => declared.role === role)) {
      const fields = fieldsOf(facts.coding, variable.name);
      for (const [component, field] of fields.entries())
        add(
          field,
          commentOf(variable, fields, component),
          fieldType(facts, variable, fields.length > 1),
          isOptional(model, facts, variable) ? "?" : "",
        );
    }
  if (!facts.gathers)
    for (const axis of model.axes.filter(({ name }) => !facts.declared.some(({ axes }) => axes.includes(name)))) {
      const [text] = lengthMembers({ ...model, axes: [axis] });
      if (text !== undefined && !members.has(`${axis.length}`)) members.set(`${axis.length}`, text);
    }
  return members;
};

const commentOf = ({ name, axes, role }: DeclaredVariable, fields: ReadonlyArray<string>, component: number): string =>
  `${name}${axes.length === 0 ? "" : `[${axes.join(",")}]`}${fields.length > 1 ? `, component ${component + 1}` : ""}${role === "target" ? ", which predictions do not read" : ""}`;

const isOptional = ({ inputs }: ModelInfo, { coding }: Facts, { name, role }: DeclaredVariable): boolean =>
  role === "target" || name === coding.missing || inputs.some((input) => input.name === name && input.weighs === true);

const fieldType = (
  { coding, gathers }: Facts,
  { name, type, axes, role }: DeclaredVariable,
  isComponent: boolean,
): string => {
  const depth = axes.length;
  const number = coding.missing === null && role === "input" ? "number" : "number | null";
  const isWord = coding.vocabularies[name] !== undefined;
  const inner =
    isWord && depth > 0 && !gathers
      ? list(`string | ${list(word, 1)}`, depth - 1)
      : isWord
        ? list(word, depth)
        : given(number, depth + (type.tag === "real" && !isComponent ? type.sizes.length : 0));
  return gathers && depth === 0 ? `${inner} | ${list(inner, 1)}` : inner;
};

const word = "string | number | boolean";

/** What is said of a record: each output, and what is expected of each target. */
export const answerMembers = (model: ModelInfo, facts: Facts): Members => {
  const plain = model.outputs.map(({ name, indices, shape }): readonly [string, string] => [
    name,
    member(describe(shape, indices), name, list("number", indices.length + shape.length)),
  ]);
  const targets = facts.declared.filter(({ role }) => role === "target");
  return new Map([
    ...plain,
    ...targets.flatMap((target) => probabilityMembers(model, facts, target)),
    ...targets.flatMap((target) => expectedMembers(model, facts, target)),
  ]);
};

/** Probabilities of symbols that have names. */
const probabilityMembers = (
  { outputs }: ModelInfo,
  { coding }: Facts,
  { name, drawn }: DeclaredVariable,
): ReadonlyArray<readonly [string, string]> => {
  const from = outputs.find((output) => output.name === drawn?.from[0]);
  const vocabulary = ownOf(coding.vocabularies, name);
  if (drawn?.family !== "categorical" || from === undefined || vocabulary === undefined) return [];
  return [
    [from.name, member(`The probability of each ${name}.`, from.name, list(byEntry(vocabulary), from.indices.length))],
  ];
};

const expectedMembers = (
  model: ModelInfo,
  { coding }: Facts,
  target: DeclaredVariable,
): ReadonlyArray<readonly [string, string]> => {
  const { name } = target;
  const said = (model.expected ?? []).find((each) => each.target === name);
  if (said === undefined) return [];
  const vocabulary = ownOf(coding.vocabularies, name);
  const type = list(
    vocabulary === undefined ? "number" : entryType(vocabulary),
    said.indices.length + said.shape.length,
  );
  const comments: Readonly<Record<string, string>> = {
    [`${name}.predicted`]: predictedComments[said.of],
    [`${name}.low`]: `${name} lies above it nine times in ten.`,
    [`${name}.high`]: `${name} lies below it nine times in ten.`,
  };
  return expectedNames(model, target).map((key) => [key, member(comments[key]!, key, type)] as const);
};

const predictedComments: Readonly<Record<NonNullable<ModelInfo["expected"]>[number]["of"], string>> = {
  best: "The most probable.",
  probability: "Whether it is more probable than not.",
  mean: "The mean.",
  deviation: "The mean.",
};

/** So many symbols are told by their names; more are any text. */
const fewest = 40;

const entryType = ({ entries }: Entries): string =>
  entries.length > fewest ? "string" : entries.map((entry) => JSON.stringify(entry)).join(" | ");

const byEntry = ({ entries }: Entries): string =>
  entries.length > fewest
    ? "Readonly<Record<string, number>>"
    : `{ ${entries.map((entry) => `readonly ${JSON.stringify(entry)}: number;`).join(" ")} }`;

/** What is drawn of each target. */
export const drawnMembers = (facts: Facts, targets: ReadonlyArray<string>): Members =>
  new Map(
    facts.declared
      .filter(({ name }) => targets.includes(name))
      .map(({ name, axes, type }) => {
        const isText = facts.coding.texts.includes(name);
        const leaf = facts.coding.vocabularies[name] === undefined ? "number" : "string";
        const depth = axes.length + (type.tag === "real" ? type.sizes.length : 0);
        return [name, member("As in the data.", name, isText ? "string" : list(leaf, depth))];
      }),
  );
