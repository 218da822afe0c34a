import { numberText } from "../../emit/c/number.ts";
import type { ModelInfo, NoiseInfo, VariableInfo } from "../../runtime/interface.ts";
import { type BlockAxis, cellText, lengthNumber, loopsOver, validText } from "./cells.ts";
import type { Names } from "./names.ts";

/** Values of a program that a caller gives: those of a variable, or of the flags beside it. */
export interface Given {
  readonly variable: VariableInfo & Partial<Pick<NoiseInfo, "noise">>;
  /** Whether it is told where values of the variable are given, and not what they are. */
  readonly isFlag: boolean;
  /** Along which it stands here, outermost first: a step leaves out the axis that it goes along. */
  readonly axes: ReadonlyArray<BlockAxis>;
}

/** The axes of a variable in the inside order, and the batch. */
export const insideAxes = (
  model: ModelInfo,
  { indices }: Pick<VariableInfo, "indices">,
  without?: string | null,
): ReadonlyArray<BlockAxis> => [
  ...model.axes.filter(({ name }) => indices.includes(name) && name !== without),
  "batch",
];

export const blockOf = ({ shape }: Pick<VariableInfo, "shape">): number => shape.reduce((a, b) => a * b, 1);

/** Symbols and positions are integers in C. */
export const isInteger = ({ variable, isFlag }: Given): boolean =>
  !isFlag && (variable.symbols !== undefined || variable.positions !== undefined);

export const typeOf = (given: Given, real: string): string => (isInteger(given) ? "int32_t" : real);

/** What stands in place of values that may be left out: of noise its mean, and 1 where values are given. */
const instead = ({ variable, isFlag }: Given): number | undefined => (isFlag ? 1 : variable.noise?.mean);

/**
 * A C function that copies what a caller gives into the arena, and finds what no program could read; padding becomes
 * zero, whatever it is.
 */
export const loadText = (model: ModelInfo, names: Names, name: string, given: Given, real: string): string => {
  const { variable, isFlag, axes } = given;
  const block = isFlag ? 1 : blockOf(variable);
  const usual = instead(given);
  const valid = validText(model, axes);
  const copied = copiedText(model, names, given, block);
  return [
    `RN_OUT int ${name}(rn_f *to, const ${typeOf(given, real)} *from, const rn_i *e, const int32_t *const *L) {`,
    ...loopsOver(model, axes, [
      `const rn_i at = (${cellText(model, axes)}) * ${block};`,
      ...(valid === undefined
        ? []
        : [`if (!(${valid})) {`, `for (rn_i k = 0; k < ${block}; k++) to[at + k] = 0;`, "continue;", "}"]),
      // Where no example has a position, nothing is needed.
      ...(usual === undefined
        ? [`if (from == NULL) return ${names.prefix}_missing;`, ...copied]
        : [
            "if (from == NULL) {",
            `for (rn_i k = 0; k < ${block}; k++) to[at + k] = ${numberText(usual, model.precision)};`,
            "continue;",
            "}",
            ...copied,
          ]),
    ]),
    "(void)e, (void)L;",
    "return 0;",
    "}",
  ].join("\n");
};

const copiedText = (model: ModelInfo, names: Names, given: Given, block: number): ReadonlyArray<string> => {
  const { variable, isFlag } = given;
  const wrong = `return ${names.prefix}_wrong_value;`;
  const each = (lines: ReadonlyArray<string>): ReadonlyArray<string> => [
    `for (rn_i k = 0; k < ${block}; k++) {`,
    ...lines,
    "}",
  ];
  if (isInteger(given))
    return each([
      "const int64_t x = from[at + k];",
      ...(variable.symbols === undefined ? [] : [`if (x < 0 || x >= ${variable.symbols}) ${wrong}`]),
      ...positionChecks(model, variable).map((check) => `if (${check}) ${wrong}`),
      "to[at + k] = (rn_f)x;",
    ]);
  if (isFlag || variable.truth === true)
    return each([`if (from[at + k] != 0 && from[at + k] != 1) ${wrong}`, "to[at + k] = from[at + k];"]);
  return [`rn_copy(to + at, from + at, ${block});`];
};

/** What a position that stands in the data must not be: it and what is added to it lead along an axis. */
const positionChecks = (model: ModelInfo, { name, positions }: VariableInfo): ReadonlyArray<string> => {
  if (positions === undefined) return [];
  const most = typeof positions === "number" ? String(positions) : `L[${lengthNumber(model, positions)}][b]`;
  const shifts = (model.positions ?? []).flatMap((each) =>
    each.tag === "given" && each.input === name ? [each.by] : [],
  );
  return [...new Set([0, ...shifts])].map((by) => `x + (${by}) < 1 || x + (${by}) > ${most}`);
};

/** A C function that copies an output out of the arena, its time axes as they are written, with zeros for padding. */
export const storeText = (
  model: ModelInfo,
  name: string,
  variable: Pick<VariableInfo, "indices" | "shape">,
  inside: ReadonlyArray<BlockAxis>,
): string => {
  const written: ReadonlyArray<BlockAxis> = [
    ...variable.indices.flatMap((index) => inside.filter((axis) => axis !== "batch" && axis.name === index)),
    ...inside.filter((axis) => axis === "batch"),
  ];
  const block = blockOf(variable);
  const valid = validText(model, inside);
  const copy = `rn_copy(to, from + (${cellText(model, inside)}) * ${block}, ${block});`;
  return [
    `RN_OUT void ${name}(${model.precision === "f32" ? "float" : "double"} *to, const rn_f *from, const rn_i *e, const int32_t *const *L) {`,
    ...loopsOver(model, written, [
      ...(valid === undefined ? [copy] : [`if (${valid}) ${copy}`, `else rn_fill(to, 0, ${block});`]),
      `to += ${block};`,
    ]),
    "(void)e, (void)L;",
    "}",
  ].join("\n");
};

/** In words: what a variable is, and how its numbers lie. */
export const laidOut = (names: Names, axes: ReadonlyArray<BlockAxis>, shape: ReadonlyArray<number>): string =>
  [
    ...axes.map((axis) => {
      if (axis === "batch") return "[batch]";
      return typeof axis.length === "number" ? `[${axis.length}]` : `[${names.data(axis.length)}]`;
    }),
    ...shape.map((size) => `[${size}]`),
  ].join("");
