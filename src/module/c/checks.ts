import type { ComputedPositionInfo, ModelInfo, RequiredPosition } from "../../runtime/interface.ts";
import { type AxisInfo, lengthText, loopsOver, outerAxes, tableSizeText, validText } from "./cells.ts";
import { lengthNames, type Names } from "./names.ts";

/** C functions that find sizes and lengths with which a program would read what is not there. */
export const checksText = (model: ModelInfo, names: Names): string =>
  [
    sizesText(model, names),
    tablesText(model, names),
    fitText("rn_fit", model, names, model),
    ...(model.streamable === null
      ? []
      : [fitText("rn_fit_still", model, names, stillPart(model)), goingOnText(model, names)]),
  ].join("\n");

/** What a call knows of its sizes, and how many lengths its tables hold. */
const sizesText = (model: ModelInfo, { prefix, data }: Names): string => {
  const lengths = lengthNames(model);
  return [
    `typedef struct { rn_i e[${1 + lengths.length}]; const int32_t *L[${1 + lengths.length}]; } rn_frame;`,
    `RN_FN int rn_sizes(rn_frame *f, const ${prefix}_sizes *sizes) {`,
    "memset(f, 0, sizeof *f);",
    `if (sizes->batch < 1 || sizes->batch > INT32_MAX) return ${prefix}_wrong_size;`,
    "f->e[0] = (rn_i)sizes->batch;",
    ...lengths.flatMap((length, i) => [
      `if (sizes->${data(length)} > INT32_MAX) return ${prefix}_wrong_size;`,
      `f->e[${1 + i}] = (rn_i)sizes->${data(length)};`,
    ]),
    "return 0;",
    "}",
    "RN_FN rn_i rn_lengths(const rn_i *e) {",
    "(void)e;",
    `return ${lengths.map((length) => tableSizeText(model, length)).reduce((a, b) => `rn_add(${a}, ${b})`, "0")};`,
    "}",
  ].join("\n");
};

/** The tables of lengths: where a caller gives none, all are as long as the longest. */
const tablesText = (model: ModelInfo, { prefix, data }: Names): string =>
  [
    `RN_FN int rn_tables(rn_frame *f, const ${prefix}_batch *batch, int32_t *room) {`,
    "const rn_i *const e = f->e;",
    "rn_i count;",
    ...lengthNames(model).flatMap((length, i) => [
      `count = ${tableSizeText(model, length)};`,
      `if (batch->${data(length)} == NULL) for (rn_i k = 0; k < count; k++) room[k] = (int32_t)e[${1 + i}];`,
      `else if (!rn_are_lengths(batch->${data(length)}, count, e[${1 + i}])) return ${prefix}_wrong_length;`,
      `else if (count > 0) memcpy(room, batch->${data(length)}, (size_t)count * sizeof *room);`,
      `f->L[${i}] = room;`,
      "room += count;",
    ]),
    "(void)e, (void)count, (void)batch, (void)room;",
    "return 0;",
    "}",
  ].join("\n");

type Fit = Pick<ModelInfo, "required" | "limits" | "positions">;

/** What of these does not speak of the axis that a model streams along. */
const stillPart = ({ required, limits, positions = [], streamable }: ModelInfo): Fit => ({
  required: required.filter(({ axis }) => axis !== streamable),
  limits: limits.filter(({ axis }) => axis !== streamable),
  positions: positions.filter(
    (each) => each.axis !== streamable && (each.tag === "given" || each.terms.every(({ axis }) => axis !== streamable)),
  ),
});

/** Positions that the model names exist, and no axis counts more components than there are. */
const fitText = (
  name: string,
  model: ModelInfo,
  { prefix }: Names,
  { required, limits, positions = [] }: Fit,
): string => {
  const wrong = `return ${prefix}_wrong_length;`;
  return [
    `RN_FN int ${name}(const rn_i *e, const int32_t *const *L) {`,
    ...required.flatMap((position) => leastText(model, position, position.least, wrong)),
    ...limits.flatMap(({ axis, most }) => {
      const found = axisNamed(model, axis);
      return eachLength(model, found, `${lengthText(model, found)} > ${most}`, wrong);
    }),
    ...positions.flatMap((position) => (position.tag === "given" ? [] : linearText(model, position, wrong))),
    "(void)e, (void)L;",
    "return 0;",
    "}",
  ].join("\n");
};

/** In a chunk that goes on from another, the positions that a model names must be in it themselves. */
const goingOnText = (model: ModelInfo, { prefix }: Names): string => {
  const wrong = `return ${prefix}_wrong_length;`;
  return [
    "RN_FN int rn_goes_on(const rn_i *e, const int32_t *const *L, int64_t before) {",
    ...model.required
      .filter(({ axis }) => axis === model.streamable)
      .flatMap((position) =>
        leastText(model, position, position.from === "start" ? position.offset : 1 - position.offset, wrong),
      ),
    ...model.limits
      .filter(({ axis }) => axis === model.streamable)
      .flatMap(({ axis, most }) => {
        const found = axisNamed(model, axis);
        return eachLength(model, found, `before + ${lengthText(model, found)} > ${most}`, wrong);
      }),
    "(void)e, (void)L, (void)before;",
    "return 0;",
    "}",
  ].join("\n");
};

const axisNamed = ({ axes }: ModelInfo, wanted: string): AxisInfo => axes.find(({ name }) => name === wanted)!;

const leastText = (
  model: ModelInfo,
  { axis }: RequiredPosition,
  least: number,
  wrong: string,
): ReadonlyArray<string> => {
  const found = axisNamed(model, axis);
  return least <= 0 ? [] : eachLength(model, found, `${lengthText(model, found)} < ${least}`, wrong);
};

/** For each length of an axis that is one of an example's. */
const eachLength = (model: ModelInfo, axis: AxisInfo, condition: string, wrong: string): ReadonlyArray<string> => {
  const cells = ["batch" as const, ...(typeof axis.length === "number" ? [] : outerAxes(model, axis.length))];
  const valid = validText(model, cells);
  return loopsOver(model, cells, [`if (${valid === undefined ? "" : `${valid} && `}${condition}) ${wrong}`]);
};

/** The range of a linear form of positions and lengths lies along its axis, in every example that has any. */
const linearText = (
  model: ModelInfo,
  { axis, constant, terms }: Extract<ComputedPositionInfo, { tag: "linear" }>,
  wrong: string,
): ReadonlyArray<string> => {
  const lengthOf = (name: string): string => lengthText(model, axisNamed(model, name));
  return loopsOver(
    model,
    ["batch"],
    [
      `int64_t least = ${constant}, most = ${constant};`,
      ...terms.flatMap(({ of, axis: along, times }) => {
        const last = `(int64_t)${lengthOf(along)} * (${times})`;
        const first = of === "length" ? last : `(int64_t)${times}`;
        return [
          ...(of === "length" ? [] : [`if (${lengthOf(along)} < 1) continue;`]),
          `least += ${times < 0 ? last : first};`,
          `most += ${times < 0 ? first : last};`,
        ];
      }),
      `if (least < 1 || most > ${lengthOf(axis)}) ${wrong}`,
    ],
  );
};
