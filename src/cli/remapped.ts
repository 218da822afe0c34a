import * as E from "fp-ts/lib/Either.js";
import { noCoding } from "../data/coding/coding.ts";
import { fieldsOf } from "../data/coding/fields.ts";
import type { Fields as Row } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import type { Recipe, Run } from "../train/run.ts";
import type { Fields } from "./data-options.ts";
import { type Failure, usageError } from "./failure.ts";
import { unknownNames } from "./learned-of-recipe.ts";

/** A recipe for data in which variables have other fields than those that it was trained on. */
export const remapped = (recipe: Recipe, map: Fields = {}): E.Either<Failure, Recipe> => {
  const unknown = unknownNames({ ...recipe, data: { ...recipe.data, map } });
  if (unknown !== undefined) return E.left(usageError(unknown));
  const { coding = noCoding } = recipe;
  const other = Object.keys(map).find((name) => map[name]!.length !== fieldsOf(coding, name).length);
  if (other !== undefined)
    return E.left(
      usageError(
        `--map ${other}=${map[other]!.join(",")}: ${other} was made of ${fieldsOf(coding, other).join(", ")} in training: I expected as many fields`,
      ),
    );
  return E.right(
    Object.keys(map).length === 0 ? recipe : { ...recipe, coding: { ...coding, fields: { ...coding.fields, ...map } } },
  );
};

/** The same of a run. */
export const mappedRun = (run: Run, map: Fields | undefined): E.Either<Failure, Run> =>
  E.map((recipe: Recipe): Run => ({ ...run, recipe }))(remapped(run.recipe, map));

/** A sample under the names of the fields that the recipe was trained on. */
export const asTrained =
  ({ coding = noCoding }: Recipe, map: Fields = {}) =>
  (sample: Sample): Sample => {
    const renamed = (row: Row): Row => ({
      ...row,
      ...Object.fromEntries(
        Object.entries(map).flatMap(([name, fields]) =>
          fieldsOf(coding, name).map((trained, i) => [trained, row[fields[i]!]] as const),
        ),
      ),
    });
    return Object.keys(map).length === 0
      ? sample
      : { ...sample, rows: sample.rows.map((row) => ({ ...row, fields: renamed(row.fields) })) };
  };
