import type { Slot } from "../../loops/loops.ts";
import { type BlockAxis, cellText, loopsOver, validText } from "./cells.ts";
import type { CContents } from "./contents.ts";
import { realType } from "./fields.ts";
import { countText } from "./layouts.ts";
import { dataLeaves, givenOf, placeText, type Random, resultsOf, roundsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";
import { endedText, refusedText, steppedText, steppingText } from "./steps.ts";
import { roomText, tasteText } from "./tastes.ts";
import { blockOf, insideAxes, typeOf } from "./variables.ts";

/** The functions that draw step by step, as `runtime/generate.js` does. */
export const generationText = (printing: Printing): ReadonlyArray<string> => [
  seedText(printing),
  ...roundsOf(printing.contents)
    .flat()
    .map((random) => drawText(printing, random)),
  generateText(printing),
];

/** Stream b has the random numbers of the name `sequence b`. */
const seedText = (printing: Printing): string =>
  definitionText(printing, "seed", [
    "for (size_t b = 0; b < streams; b++) {",
    `uint32_t name[32] = {${Array.from("sequence ", (letter) => letter.codePointAt(0)).join(", ")}};`,
    "int digits = 1, at;",
    "size_t rest = b;",
    "while (rest /= 10) digits++;",
    "for (at = 9 + digits, rest = b; at-- > 9; rest /= 10) name[at] = (uint32_t)(48 + rest % 10);",
    "rn_seeded(random[b].words, seed, name, 9 + digits);",
    "}",
  ]);

/** A C function that draws the values of a `~`, which go where the next step reads them and to the caller. */
const drawText = ({ contents, names: { prefix } }: Printing, random: Random): string => {
  const { model } = contents;
  const { variable, family } = random;
  const axes = insideAxes(model, variable, model.streamable);
  const order: ReadonlyArray<BlockAxis> = ["batch", ...axes.filter((axis) => axis !== "batch")];
  const valid = validText(model, axes);
  const type = drawnType(contents, random);
  const drawn = {
    categorical: `(rn_f)rn_draw_symbol(first + at * ${variable.symbols}, ${variable.symbols}, w, taste, weights, order)`,
    bernoulli: "(rn_f)rn_draw_truth(first[at], w, taste)",
    normal: "rn_draw_number(first[at], second[at], w, taste)",
  }[family];
  return [
    `RN_OUT int ${drawName(random)}(rn_f *to, ${type} *out, const rn_f *first, const rn_f *second, ${prefix}_random *random, const rn_taste *taste, rn_stream *s, const rn_i *e, const int32_t *const *L) {`,
    ...(family === "categorical" ? roomText(contents) : []),
    ...loopsOver(model, order, [
      ...(valid === undefined ? [] : [`if (!(${valid})) continue;`]),
      "uint32_t *const w = random[b].words;",
      `for (rn_i k = 0; k < ${blockOf(variable)}; k++) {`,
      `const rn_i at = (${cellText(model, axes)}) * ${blockOf(variable)} + k;`,
      `const rn_f x = ${drawn};`,
      ...(family === "normal" ? [] : [`if (x < 0) return ${prefix}_wrong_value;`]),
      "if (to != NULL) to[at] = x;",
      `if (out != NULL) out[at] = (${type})x;`,
      "}",
    ]),
    "(void)e, (void)L, (void)second, (void)s;",
    "return 0;",
    "}",
  ].join("\n");
};

const drawnType = (contents: CContents, { variable }: Random): string =>
  typeOf({ variable, isFlag: false, axes: [] }, realType(contents));

const drawName = ({ target }: Random): string =>
  `rn_draw_of_${Array.from(target, (c) => c.codePointAt(0)!.toString(16)).join("_")}`;

const generateText = (printing: Printing): string => {
  const { contents, names, copies } = printing;
  const { model, programs, generation } = contents;
  const step = programs.step!;
  const randoms = roundsOf(contents).flat();
  const isRandom = (name: string): boolean => randoms.some(({ target }) => target === name);
  const isOpen = randoms
    .map((random) => (leafOf(contents, random) === undefined ? "1" : `inputs->${names.data(random.target)} == NULL`))
    .join(" || ");
  return definitionText(printing, "generate", [
    `${names.prefix}_step_inputs none;`,
    ...steppingText(printing, ["random", "drawn"]),
    "memset(&none, 0, sizeof none);",
    "if (inputs == NULL) inputs = &none;",
    ...tasteText(contents, names),
    `const int is_open = ${isOpen};`,
    ...refusedText(printing, (target) => `inputs->${names.data(target)} != NULL`),
    ...dataLeaves(step).map((leaf) => {
      const given = givenOf(model, leaf, model.streamable);
      const field = `inputs->${names.data(given.variable.name)}`;
      const load = `RN_TRY(${copies.load(given)}(${placeText(leaf)}, ${field}, f.e, f.L));`;
      return isRandom(leaf.name)
        ? `if (${field} == NULL) rn_fill(${placeText(leaf)}, 0, ${countText(model, step, leaf)}); else ${load}`
        : load;
    }),
    "rn_step_all(M, s->d, o, L);",
    "if (is_open) {",
    ...roundsOf(contents).flatMap((round, i) => [
      ...(i === 0 ? [] : ["rn_step_all(M, s->d, o, L);"]),
      ...round.flatMap((random) => drawnLines(printing, random)),
    ]),
    ...(generation!.again ? ["rn_step_all(M, s->d, o, L);"] : []),
    "}",
    ...randoms.flatMap((random) => toldLines(printing, random)),
    ...endedText(printing),
    ...resultsOf(step, "state").flatMap((slot) => {
      const leaf = step.program.leaves.find(({ name }) => name === slot.name);
      if (leaf === undefined) return [];
      const count = countText(model, step, slot);
      const copy = generation!.copies.find(({ state }) => state === slot.name);
      const from = copy === undefined ? undefined : dataLeaves(step).find(({ name }) => name === copy.target);
      const kept = `rn_copy(${placeText(leaf)}, ${placeText(slot)}, ${count});`;
      return [
        from === undefined
          ? kept
          : `if (is_open) rn_copy(${placeText(leaf)}, ${placeText(from)}, ${count}); else ${kept}`,
      ];
    }),
    ...steppedText(printing),
  ]);
};

/** Draws a `~` where it is not given. */
const drawnLines = ({ contents, names }: Printing, random: Random): ReadonlyArray<string> => {
  const step = contents.programs.step!;
  const leaf = leafOf(contents, random);
  const [first, second] = random.arguments.map((name) =>
    resultsOf(step, "distribution").find((slot) => slot.name === name),
  );
  const field = names.data(random.target);
  const places = [leaf, first, second].map((slot) => (slot === undefined ? "NULL" : placeText(slot)));
  const draw = `RN_TRY(${drawName(random)}(${places[0]}, drawn->${field}, ${places[1]}, ${places[2]}, random, &own, s, f.e, f.L));`;
  return [leaf === undefined ? draw : `if (inputs->${field} == NULL) ${draw}`];
};

/** Tells what is given of a `~`, as what is drawn. */
const toldLines = ({ contents, names }: Printing, random: Random): ReadonlyArray<string> => {
  const leaf = leafOf(contents, random);
  if (leaf === undefined) return [];
  const field = names.data(random.target);
  const count = countText(contents.model, contents.programs.step!, leaf);
  return [
    `if (inputs->${field} != NULL && drawn->${field} != NULL)`,
    `for (rn_i k = 0; k < ${count}; k++) drawn->${field}[k] = (${drawnType(contents, random)})(${placeText(leaf)})[k];`,
  ];
};

/** Where a step reads what is drawn, if it does. */
const leafOf = ({ programs }: CContents, { target }: Random): Slot | undefined =>
  dataLeaves(programs.step!).find(({ name }) => name === target);
