import { basename } from "node:path";
import type { Tokens } from "../data/coding/coding.ts";
import { fieldsOf } from "../data/coding/fields.ts";
import { ownOf } from "../data/coding/own.ts";
import { tokensOf } from "../data/coding/tokens.ts";
import { isMissing } from "../data/coding/values.ts";
import { predict } from "../data/predicted.ts";
import type { Sample } from "../data/sample.ts";
import { flatOf } from "../measure/flat.ts";
import { observationsOf } from "../measure/observations.ts";
import { pastOf } from "../measure/past.ts";
import type { Situation } from "../measure/situation.ts";
import type { Given, ShownExample } from "../report/run-report.ts";
import type { VariableInfo } from "../runtime/interface.ts";
import { factsOf, vocabulariesOf } from "../train/facts.ts";
import { encoderOf } from "./examples-of-recipe.ts";
import type { MeasuredRun } from "./measured-run.ts";

/** So many examples are shown, as far from each other as can be. */
const mostExamples = 12;

/** What stands in some examples, and what the model says of them. */
export const shownExamples = (measured: MeasuredRun): ReadonlyArray<ShownExample> => {
  const { run, compiled, judge, params, targets, data } = measured;
  const { count, at } = data.measured;
  const chosen = [
    ...new Set(Array.from({ length: mostExamples }, (_, i) => Math.floor(((i + 0.5) * count) / mostExamples))),
  ];
  const situations = chosen.map((index) => ({ index, ...at(index) }));
  const predictions = predict(
    judge,
    params,
    situations.map(({ example }) => example),
  );
  const { declared, stretch } = encoderOf(run.recipe, compiled, "measuring");
  const given = givenIn(measured);
  return situations.map(({ index, ...situation }, i) => ({
    place: placeOf(situation.sample, index),
    example: situation.example,
    inputs: given(situation),
    targets: targets.map((target) => ({
      target,
      observed: observationsOf(judge.model, target, situation.example, predictions[i]!),
      past: pastOf(judge.model, declared, stretch, target)?.(situation),
    })),
  }));
};

const placeOf = (sample: Sample | undefined, index: number): string => {
  if (sample === undefined) return `window ${index + 1}`;
  const { path, line, rows, fields, group } = sample;
  const last = rows.at(-1)?.line ?? line;
  const lines = fields === undefined && last > line ? `lines ${line} to ${last}` : `line ${line}`;
  return `${group === undefined ? "" : `${group}, `}${basename(path)}, ${lines}`;
};

/** Of numbers in a row the first are shown. */
const mostNumbers = 12;

/** The symbols of a field as they stand in it. */
const asWritten = (field: unknown, tokens: Tokens): ReadonlyArray<string> | undefined => {
  if (Array.isArray(field)) return field.map(String);
  return typeof field === "string" ? tokensOf(tokens, false, field) : undefined;
};

/** Whether nothing stood in the data where an input has a number: what it is then is the mean, or nought. */
const isMissingAt = (sample: Sample | undefined, fields: ReadonlyArray<string>, i: number, width: number): boolean => {
  if (sample === undefined || (fields.length !== 1 && fields.length !== width)) return false;
  const field = fields[fields.length === 1 ? 0 : i % width]!;
  const position = Math.floor(i / width);
  const whole = sample.fields?.[field];
  const value =
    sample.fields === undefined ? sample.rows[position]?.fields[field] : Array.isArray(whole) ? whole[position] : whole;
  return value !== undefined && isMissing(value);
};

/** Inputs of an example in the terms of the data: symbols by their names, numbers in their units. */
const givenIn = ({
  run: { recipe },
  compiled: { model },
}: MeasuredRun): ((situation: Situation) => ReadonlyArray<Given>) => {
  const facts = factsOf(recipe);
  const names = vocabulariesOf(facts, model.targets[0]?.name);
  const { texts, tokens, scalings } = facts.coding;
  const givenOf = ({ name, symbols, shape }: VariableInfo, { example, sample }: Situation): Given => {
    const width = shape.reduce((a, b) => a * b, 1);
    const scaling = ownOf(scalings, name);
    const values = flatOf(example[name]!);
    const fields = fieldsOf(facts.coding, name);
    const written = sample?.fields?.[fields[0]!];
    const raw = symbols === undefined ? undefined : asWritten(written, tokens);
    // What training never showed is told as it stands.
    if (raw !== undefined && raw.length === values.length)
      return { name, tokens: raw, isText: texts.includes(name) && tokens === "chars" };
    const told = values.slice(0, symbols === undefined ? mostNumbers : values.length).map((value, i) => {
      if (value === null || isMissingAt(sample, fields, i, width)) return "–";
      if (symbols !== undefined) return ownOf(names, name)?.[value] ?? String(value);
      const component = i % width;
      return String(
        Number((value * (scaling?.deviation[component] ?? 1) + (scaling?.mean[component] ?? 0)).toPrecision(4)),
      );
    });
    return {
      name,
      tokens: values.length > told.length ? [...told, "…"] : told,
      isText: texts.includes(name) && tokens === "chars",
    };
  };
  const shown = model.inputs.filter(({ indices }) => indices.length <= 1);
  return (situation) =>
    shown.filter(({ name }) => Object.hasOwn(situation.example, name)).map((input) => givenOf(input, situation));
};
