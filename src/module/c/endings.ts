import type { RandomInfo } from "../../runtime/interface.ts";
import { cellText, lengthText, loopsOver, positionName, validText } from "./cells.ts";
import type { CContents } from "./contents.ts";
import { hasFlag, realType } from "./fields.ts";
import { endingsOf } from "./marks.ts";
import { givenKey, type Names } from "./names.ts";
import { carries } from "./places.ts";
import { insideAxes, typeOf } from "./variables.ts";

/*
 * `axis i in 1..N until y[i] == eos`: data end where a sequence does, or before it, also over windows that go on from each
 * other. What is missing is no symbol.
 */

/** A C function that finds data after the symbol that ends them. */
export const endsText = (contents: CContents, names: Names, name: string, target: string): string => {
  const { model } = contents;
  const { ends } = model.randoms.find((random) => random.target === target)!;
  const axis = model.axes.find((each) => each.name === ends!.axis)!;
  return [
    `RN_OUT int ${name}(const ${names.prefix}_batch *batch, const rn_i *e, const int32_t *const *L) {`,
    ...symbolsText(contents, names, target, ends!.symbol, [
      `if (${positionName(model, axis)} + 1 < ${lengthText(model, axis)}) return ${names.prefix}_ended;`,
    ]),
    "(void)e, (void)L;",
    "return 0;",
    "}",
  ].join("\n");
};

/** Looks at each place of a target where a symbol is given. */
const symbolsText = (
  contents: CContents,
  { data }: Names,
  target: string,
  symbol: number,
  body: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const { model } = contents;
  const variable = model.targets.find(({ name }) => name === target)!;
  const axes = insideAxes(model, variable);
  const valid = validText(model, axes);
  const flag = `batch->${data(givenKey(target))}`;
  return [
    `const ${typeOf({ variable, isFlag: false, axes }, realType(contents))} *const y = batch->${data(target)};`,
    "if (y != NULL)",
    ...loopsOver(model, axes, [
      ...(valid === undefined ? [] : [`if (!(${valid})) continue;`]),
      `const rn_i at = ${cellText(model, axes)};`,
      `if (y[at] != ${symbol}${hasFlag(contents, target) ? ` || (${flag} != NULL && ${flag}[at] == 0)` : ""}) continue;`,
      ...body,
    ]),
  ];
};

/** Whether windows that go on from each other note which of their sequences have ended. */
export const notesEnds = (contents: CContents): boolean => carries(contents) && endingsOf(contents).length > 0;

/** The functions that refuse a window after the end of its sequence, and that note what has ended. */
export const windowEndsText = (contents: CContents, names: Names): ReadonlyArray<string> => {
  if (!notesEnds(contents)) return [];
  const { model } = contents;
  const axis = model.axes.find(({ name }) => name === model.streamable)!;
  return [
    [
      "RN_OUT int rn_ends_before(const rn_f *ended, const rn_i *e, const int32_t *const *L) {",
      ...loopsOver(
        model,
        ["batch"],
        [`if (ended[b] != 0 && ${lengthText(model, axis)} > 0) return ${names.prefix}_ended;`],
      ),
      "(void)L;",
      "return 0;",
      "}",
      `RN_OUT void rn_note_ends(rn_f *ended, int goes_on, const ${names.prefix}_batch *batch, const rn_i *e, const int32_t *const *L) {`,
      "if (!goes_on) rn_fill(ended, 0, e[0]);",
      ...endingsOf(contents).flatMap(({ target, until }, i) => [
        "{",
        ...symbolsText(contents, names, target, until, [`if (ended[b] == 0) ended[b] = ${i + 1};`]),
        "}",
      ]),
      "(void)L;",
      "}",
    ].join("\n"),
  ];
};

/** Whether the values of a target may end a sequence. */
export const endOf = ({ model }: CContents, target: string): RandomInfo["ends"] =>
  model.randoms.find((random) => random.target === target)?.ends;
