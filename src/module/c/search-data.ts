import { realType } from "./fields.ts";
import type { Printing } from "./printing.ts";
import { type Tilde, tildesOf } from "./tildes.ts";
import { blockOf, insideAxes, typeOf } from "./variables.ts";

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
