import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Example, ModelInfo, Nested } from "../../runtime/interface.ts";
import { nearest } from "../../syntax/nearest.ts";
import type { DataError } from "../data-error.ts";
import type { Sample } from "../sample.ts";
import type { Coding } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { encoded, indicesTold, unfitTold } from "./encode.ts";
import { fieldsOf, sharesAxis } from "./fields.ts";
import { placeOfRow, rowOf } from "./place.ts";
import { givenOf, type Stretch } from "./values.ts";

/** What makes examples of samples. */
export interface Encoder {
  readonly declared: ReadonlyArray<DeclaredVariable>;
  readonly model: ModelInfo;
  readonly coding: Coding;
  readonly stretch: Stretch;
  /** Whether an example needs its targets: not if it is asked what they are. */
  readonly isTraining: boolean;
  /** Whether fields can still be chosen for variables: not once a run has learned them. */
  readonly isChoosing: boolean;
}

/** What does not fit, after the variable and its fields; and what on the command line would help. */
export interface Misfit {
  readonly problem: string;
  readonly hint?: string;
  /** In which row, of a sample that has several. */
  readonly row?: number | undefined;
}

/** The example of a sample; on the left, what in its file is wrong. */
export const exampleOf = (encoder: Encoder, sample: Sample): E.Either<DataError, Example> =>
  pipe(
    fittedExample(encoder, sample),
    E.mapLeft(({ row, ...misfit }): DataError => ({ tag: "malformedLine", ...placeOfRow(sample, row), ...misfit })),
  );

/** The same, wherever the sample comes from. */
export const fittedExample = (encoder: Encoder, sample: Sample): E.Either<Misfit, Example> => {
  const { declared, model, coding } = encoder;
  const read = declared.filter(({ name }) => name !== coding.missing || isGiven(sample, coding, name));
  return pipe(
    read,
    E.traverseArray((variable) =>
      pipe(
        givenTo(encoder, sample, variable),
        E.map((value) => [variable, value] as const),
      ),
    ),
    E.map((values) => values.filter((pair): pair is readonly [DeclaredVariable, Nested] => pair[1] !== undefined)),
    E.flatMap((values) => withoutGaps(encoder, sample, values)),
    E.map((values) => ({ ...besides(model, sample), ...aheadOf(encoder, sample, Object.keys(values)), ...values })),
  );
};

const isGiven = ({ fields, rows }: Sample, coding: Coding, name: string): boolean =>
  fieldsOf(coding, name).every((field) => Object.hasOwn(fields ?? rows[0]!.fields, field));

/** Lengths and noise that a record gives under their own names. */
const besides = (model: ModelInfo, { fields }: Sample): Example => {
  const names = new Set<string | number>([
    ...model.axes.map(({ length }) => length),
    ...model.noises.map(({ name }) => name),
  ]);
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => names.has(name))) as Example;
};

/** Where a window's targets are asked for along an axis of their own, it is as long as they reach ahead. */
const aheadOf = ({ declared, model, stretch }: Encoder, { fields }: Sample, given: ReadonlyArray<string>): Example => {
  if (fields !== undefined || stretch.window === undefined) return {};
  const lengthsOf = (axes: ReadonlyArray<string>): ReadonlyArray<string> =>
    model.axes.flatMap(({ name, length, over }) =>
      axes.includes(name) && over.length === 0 && typeof length === "string" ? [length] : [],
    );
  const known = new Set(declared.filter(({ name }) => given.includes(name)).flatMap(({ axes }) => lengthsOf(axes)));
  const asked = declared.filter(
    (variable) => variable.role === "target" && !given.includes(variable.name) && !sharesAxis(declared, variable),
  );
  return Object.fromEntries(
    asked
      .flatMap(({ axes }) => lengthsOf(axes.slice(0, 1)))
      .filter((length) => !known.has(length))
      .map((length) => [length, stretch.ahead]),
  );
};

/** Nothing for a target that is asked for, and for a weight where there is no loss. */
const givenTo = (
  encoder: Encoder,
  sample: Sample,
  variable: DeclaredVariable,
): E.Either<Misfit, Nested | undefined> => {
  const { declared, model, coding, stretch, isTraining, isChoosing } = encoder;
  const { name, role } = variable;
  const fields = fieldsOf(coding, name);
  const given = givenOf(sample, variable, fields, sharesAxis(declared, variable), stretch);
  const told = toldAs(coding, name);
  if (given.tag === "absent") {
    const weighs = model.inputs.some((input) => input.name === name && input.weighs === true);
    if (!isTraining && (role === "target" || weighs)) return E.right(undefined);
    return E.left(
      noField(declared, variable, given.field, Object.keys(sample.fields ?? sample.rows[0]!.fields), isChoosing),
    );
  }
  if (given.tag === "differs")
    return E.left({
      problem: `${told}: it has one value for each example, and the rows of this one give ${JSON.stringify(given.values[0])} and ${JSON.stringify(given.values[1])}`,
      row: given.row,
    });
  return pipe(
    encoded(variable, coding, given, sample.rows[0]!.isTyped),
    E.mapLeft((unfit) => ({
      problem: `${told}${unfitTold(unfit)}`,
      row: rowOf(encoder, sample, variable, unfit.place[0]),
    })),
  );
};

/** A variable, with the fields that it is made of where they have other names. */
export const toldAs = (coding: Coding, name: string): string => {
  const fields = fieldsOf(coding, name);
  return fields.length === 1 && fields[0] === name ? name : `${name} (${fields.join(", ")})`;
};

/**
 * What a sample lacks altogether, told before sizes are asked for that its fields would have given. The mask of what is missing
 * need not stand in the data.
 */
export const lackingField = (
  { declared, coding, stretch }: Pick<Encoder, "declared" | "coding" | "stretch">,
  sample: Sample,
): DataError | undefined => {
  for (const variable of declared) {
    const { name } = variable;
    if (name === coding.missing) continue;
    const given = givenOf(sample, variable, fieldsOf(coding, name), sharesAxis(declared, variable), stretch);
    if (given.tag !== "absent") continue;
    const known = Object.keys(sample.fields ?? sample.rows[0]!.fields);
    return {
      tag: "malformedLine",
      path: sample.path,
      line: sample.line,
      ...noField(declared, variable, given.field, known, true),
    };
  }
  return undefined;
};

const noField = (
  declared: ReadonlyArray<DeclaredVariable>,
  variable: DeclaredVariable,
  field: string,
  known: ReadonlyArray<string>,
  isChoosing: boolean,
): Misfit => {
  const { name } = variable;
  const meant = nearest(field, known);
  const there = known.length === 0 ? "nothing" : known.join(", ");
  const chosen =
    meant === undefined
      ? `--map ${name}=FIELD says which it is; --columns names them, where the first line does not${maskHint(declared, variable)}`
      : `did you mean --map ${name}=${meant}?`;
  const called = `it was called so in training${meant === undefined ? "" : `; is it ${meant} here, as --map can say?`}`;
  return { problem: `${name}: I expected a field ${field}, and found ${there}`, hint: isChoosing ? chosen : called };
};

/** What stands in no data may be what tells their gaps. */
const maskHint = (declared: ReadonlyArray<DeclaredVariable>, { name, role, type, axes }: DeclaredVariable): string => {
  const told = declared.filter((other) => other.name !== name && other.axes.join() === axes.join());
  return role === "input" && type.tag === "real" && type.sizes.length === 0 && told.length > 0
    ? `; --missing ${name}, if it tells where values of ${told.map((other) => other.name).join(", ")} are missing`
    : "";
};

/**
 * What is missing of an input becomes 0, which after normalising is its mean, and the mask tells where; what is missing
 * of a target stays away. Without a mask there are no gaps, but for targets where JSON says null.
 */
const withoutGaps = (
  encoder: Encoder,
  sample: Sample,
  values: ReadonlyArray<readonly [DeclaredVariable, Nested]>,
): E.Either<Misfit, Example> => {
  const { declared, model, coding } = encoder;
  const { missing } = coding;
  const { isTyped } = sample.rows[0]!;
  const gap = values.find(([{ role }, value]) => (role === "input" || !isTyped) && hasGap(value));
  if (gap !== undefined && missing === null) {
    // A component that is a field of its own has no place inside of one.
    const depth = fieldsOf(coding, gap[0].name).length > 1 ? gap[0].axes.length : Number.POSITIVE_INFINITY;
    const place = gapIn(gap[1]).slice(0, depth);
    return E.left({
      problem: `${gap[0].name}${indicesTold(place)}: I expected a value, and found nothing`,
      hint: gapHint(declared, gap[0]),
      row: rowOf(encoder, sample, gap[0], place[0]),
    });
  }
  const filled = Object.fromEntries(
    values.map(([{ name, role, axes }, value]) => {
      const shape = model.inputs.find((input) => input.name === name)?.shape ?? [];
      return [name, role === "input" ? fill(value, axes.length, shape) : value];
    }),
  );
  const mask = declared.find(({ name }) => name === missing);
  if (mask === undefined || filled[mask.name] !== undefined) return E.right(filled);
  const masked = values.filter(([{ axes }]) => axes.join() === mask.axes.join());
  const told = masked.some(([{ role }]) => role === "input") ? masked.filter(([{ role }]) => role === "input") : masked;
  if (told.length === 0)
    return E.left({ problem: `${mask.name}: no variable has the same axes, so it can tell no gaps` });
  const presences = told.map(([{ axes }, value]) => presenceOf(value, axes.length));
  return E.right({ ...filled, [mask.name]: presences.reduce(both) });
};

/** The ways out of a gap, by the names of the program. */
const gapHint = (declared: ReadonlyArray<DeclaredVariable>, { name, axes }: DeclaredVariable): string => {
  const indices = axes.length === 0 ? "" : `[${axes.join(",")}]`;
  const free = ["m", "given", "mask"].find((each) => declared.every((other) => other.name !== each)) ?? "MASK";
  return `--missing ${free} tells it to an input \`${free}${indices}\` of the program, which is 1 where ${name} has a value and 0 where it has none; --skip-bad N leaves out N such examples`;
};

const isList = (value: Nested): value is ReadonlyArray<Nested> => Array.isArray(value);

/** Where the first value is missing of those of which one is. */
const gapIn = (value: Nested): ReadonlyArray<number> => {
  if (!isList(value)) return [];
  const at = value.findIndex(hasGap);
  return [at, ...gapIn(value[at]!)];
};

const hasGap = (value: Nested): boolean => (isList(value) ? value.some(hasGap) : value === null);

/** Zeros in the shape of what is missing, below so many axes; a list along an axis has no length that could be known. */
const fill = (value: Nested, axes: number, shape: ReadonlyArray<number>): Nested => {
  const inner = axes > 0 ? shape : shape.slice(1);
  if (isList(value)) return value.map((part) => fill(part, Math.max(0, axes - 1), inner));
  return value === null && axes === 0 ? zeros(shape) : value;
};

const zeros = ([size, ...inner]: ReadonlyArray<number>): Nested =>
  size === undefined ? 0 : Array.from({ length: size }, () => zeros(inner));

const presenceOf = (value: Nested, depth: number): Nested =>
  depth > 0 && isList(value) ? value.map((part) => presenceOf(part, depth - 1)) : hasGap(value) ? 0 : 1;

const both = (a: Nested, b: Nested): Nested =>
  isList(a) && isList(b) ? a.map((part, i) => both(part, b[i] ?? 0)) : Math.min(Number(a), Number(b));
