import { numberText } from "../../emit/c/number.ts";
import { realType } from "./fields.ts";
import { definitionText, type Printing } from "./printing.ts";
import { stored } from "./stored.ts";

/** The function that gives the weights of a run, which stand in the file as they are stored. */
export const weightsText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { model, weights } = contents;
  const real = realType(contents);
  const reals = (values: ArrayLike<number>): string =>
    Array.from(values, (value) => numberText(value, model.precision)).join(", ");
  return definitionText(printing, "weights", [
    ...model.params.flatMap(({ path, shape }) => {
      const { params, storage } = weights!;
      const values = params[path]!;
      const to = `rn_f *const to = (rn_f *)(void *)&params->${names.params(path)};`;
      if (storage === "plain")
        return [
          "{",
          `static const ${real} numbers[] = {${reals(values)}};`,
          to,
          `rn_copy(to, numbers, ${values.length});`,
          "}",
        ];
      const { numbers, scales, columns } = stored(values, shape, storage);
      const [type, value] =
        storage === "int8" ? ["int8_t", "(rn_f)numbers[i]"] : ["uint16_t", "rn_of_half(numbers[i])"];
      return [
        "{",
        `static const ${type} numbers[] = {${numbers.join(", ")}};`,
        `static const ${real} scales[] = {${reals(scales)}};`,
        to,
        `for (rn_i i = 0; i < ${values.length}; i++) to[i] = scales[i / ${columns}] * ${value};`,
        "}",
      ];
    }),
    "(void)params;",
  ]);
};
