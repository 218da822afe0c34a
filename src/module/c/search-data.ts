import type { CContents } from "./contents.ts";
import type { Names } from "./names.ts";
import { dataLeaves, fieldKey, givenOf } from "./places.ts";
import type { Printing } from "./printing.ts";
import { type Tilde, tildesOf } from "./search-plan.ts";
import { dataField, type Field, realType, structText } from "./structs.ts";
import { blockOf, insideAxes, typeOf } from "./variables.ts";

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

/** Puts what is given of a `~` at a step where the rows of a sequence read it; what is found takes the place of the rest. */
export const tildeGivenText = ({ contents, names, copies }: Printing, tilde: Tilde): ReadonlyArray<string> => {
  const { model } = contents;
  const { random, outer, until } = tilde;
  const { variable, target } = random;
  const at = tildesOf(contents).findIndex((each) => each.random.target === target);
  const field = `from.${names.search(target)}`;
  const given = { variable, isFlag: false, axes: insideAxes(model, variable, model.streamable) };
  const type = typeOf(given, realType(contents));
  const block = blockOf(variable);
  return [
    "{",
    `const rn_i count = ${outer} * s->size * ${block};`,
    `if (!v[${at}].is_given || t >= longest) rn_fill(v[${at}].values, 0, count * s->width);`,
    "else {",
    `${type} *const kept = (${type} *)(void *)s->scratch;`,
    "rn_f *const loaded = s->scratch + count;",
    `for (rn_i i = 0; i < count; i++) kept[i] = t < s->prefix[i / ${block} % s->size] ? ${field}[i] : 0;`,
    `RN_TRY(${copies.load(given)}(loaded, kept, p.f.e, p.f.L));`,
    ...(until === undefined
      ? []
      : [
          `for (rn_i b = 0; b < s->size; b++) if (t + 1 < s->prefix[b] && kept[b] == ${until}) return ${names.prefix}_ended;`,
        ]),
    `rn_spread(v[${at}].values, loaded, ${outer}, s, ${block}, 1);`,
    `${field} += count;`,
    "}",
    "}",
  ];
};

/** Tells what was found. */
export const toldText = ({ contents, names }: Printing): ReadonlyArray<string> => {
  const tildes = tildesOf(contents);
  return [
    "for (rn_i i = 0; i < s->size * s->keep; i++) {",
    "const int is_found = i % s->keep < s->kept[i / s->keep];",
    "if (found->steps != NULL) found->steps[i] = is_found ? s->best[i].steps : -1;",
    "if (!is_found) continue;",
    "if (found->log_probability != NULL) found->log_probability[i] = s->best[i].log;",
    "int32_t row = s->best[i].row;",
    "for (rn_i t = s->best[i].steps; t-- > 0;) {",
    "const rn_f *from = rn_told(s, t, &row);",
    ...tildes.flatMap(({ random: { variable, target }, outer }) => {
      const field = `found->${names.search(target)}`;
      const type = typeOf({ variable, isFlag: false, axes: [] }, realType(contents));
      const count = `${outer.replaceAll("e[", "p.f.e[")} * ${blockOf(variable)}`;
      return [
        `for (rn_i k = 0; k < ${count}; k++, from++)`,
        `if (${field} != NULL) ${field}[(i * s->length + t) * ${count} + k] = (${type})*from;`,
      ];
    }),
    "(void)from;",
    "}",
    "}",
  ];
};
