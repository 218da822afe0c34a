import type { CContents } from "./contents.ts";
import { dataField, type Field, realType, structText } from "./fields.ts";
import type { Names } from "./names.ts";
import { dataLeaves, fieldKey, givenOf } from "./places.ts";
import { type Tilde, tildesOf } from "./tildes.ts";
import { insideAxes, typeOf } from "./variables.ts";

/** The structs of a search: what it reads, how it goes on, and where what it finds goes. */
export const searchStructs = (contents: CContents, names: Names): ReadonlyArray<string> => {
  const { prefix } = names;
  return [
    "/* What a search reads, step after step, of each step what one reads of each sequence. */",
    ...structText(`${prefix}_search_inputs`, inputFields(contents, names)),
    "/* How a search goes on. */",
    ...structText(`${prefix}_beam`, [
      { text: "size_t width", comment: "how many beginnings of each sequence go on, from 1" },
      { text: "size_t keep", comment: "how many of the best of each sequence are found, at most the width; 0: one" },
      { text: "size_t length", comment: "the greatest number of steps" },
      {
        text: "double length_penalty",
        comment: "log-probabilities are divided by ((5 + steps) / 6) to this power, from 0, before they are compared",
      },
    ]),
    "/* Where the best go, of each sequence the best first; NULL where something is not wanted. */",
    ...structText(`${prefix}_found`, [
      ...tildesOf(contents).map((tilde) => foundField(contents, names, tilde)),
      {
        text: "int32_t *steps",
        comment: "[batch][keep], how many steps each has, behind which nothing is written; -1 where no more was found",
      },
      { text: "double *log_probability", comment: "[batch][keep], of what was found of each, given its beginning" },
    ]),
  ];
};

const inputFields = (contents: CContents, names: Names): ReadonlyArray<Field> => {
  const { model, programs } = contents;
  const drawn = tildesOf(contents);
  const read = dataLeaves(programs.step!).filter(({ name }) => drawn.every(({ random }) => random.target !== name));
  return [
    ...read.map((leaf) => {
      const { text, comment } = dataField(contents, names, givenOf(model, leaf, model.streamable));
      const { name } = givenOf(model, leaf).variable;
      return { text: renamed(text, names.data(fieldKey(leaf.name)), names.search(name)), comment };
    }),
    ...drawn.map(({ random: { variable, target } }) => {
      const axes = insideAxes(model, variable, model.streamable);
      const { text, comment } = dataField(contents, names, { variable, isFlag: false, axes });
      return {
        text: renamed(text, names.data(target), names.search(target)),
        comment: `${comment}; where sequences begin with it, NULL: nowhere`,
      };
    }),
    {
      text: "const int32_t *prefix",
      comment: "[batch], of how many of its first steps what is drawn is given, of each sequence; NULL: of none",
    },
  ];
};

const renamed = (text: string, from: string, to: string): string =>
  text.endsWith(`*${from}`) ? `${text.slice(0, -from.length)}${to}` : text;

const foundField = (contents: CContents, names: Names, { random: { variable, target } }: Tilde): Field => {
  const { model } = contents;
  const type = typeOf({ variable, isFlag: false, axes: [] }, realType(contents));
  const axes = insideAxes(model, variable, model.streamable).flatMap((axis) => {
    if (axis === "batch") return [];
    return [`[${typeof axis.length === "number" ? axis.length : names.data(axis.length)}]`];
  });
  return {
    text: `${type} *${names.search(target)}`,
    comment: `${["[batch][keep][length]", ...axes, ...variable.shape.map((size) => `[${size}]`)].join("")}, ${target}`,
  };
};
