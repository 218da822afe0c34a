import type { Slot } from "../../loops/loops.ts";
import { lengthNumber, tableSizeText } from "./cells.ts";
import { dataText, outputsText } from "./entries.ts";
import { countText, tablesText } from "./layouts.ts";
import { countsText, endingsOf, reachedText } from "./marks.ts";
import { lengthNames, type Names } from "./names.ts";
import { dataLeaves, fieldKey, leavesNamed, placeText, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";

/** What is checked of a stream. */
export const alignedText = ({ prefix }: Names, ...needed: ReadonlyArray<string>): ReadonlyArray<string> => [
  `if (${["stream", ...needed].map((name) => `${name} == NULL`).join(" || ")}) return ${prefix}_missing;`,
  `if (!rn_is_aligned(stream)) return ${prefix}_unaligned;`,
];

/** What a step knows of its stream. */
export const steppingText = ({ contents, names }: Printing, needed: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { model, programs } = contents;
  const lengths = lengthNames(model);
  return [
    "rn_frame f;",
    "rn_stream *const s = (rn_stream *)stream;",
    ...alignedText(names, ...needed),
    "rn_f *const M = (rn_f *)(void *)((char *)stream + RN_HEAD);",
    "const rn_i *const o = s->o, *const e = f.e;",
    "memcpy(f.e, s->e, sizeof f.e);",
    ...reachedText(contents, names),
    ...(lengths.length === 0 ? [] : ["const int32_t *table = rn_stream_lengths(s);"]),
    ...lengths.flatMap((length) => [
      `f.L[${lengthNumber(model, length)}] = table;`,
      `table += ${tableSizeText(model, length)};`,
    ]),
    tablesText(model, programs.step!, "f.L"),
    "(void)e;",
  ];
};

export const stepText = (printing: Printing): string => {
  const { contents } = printing;
  const { model, programs } = contents;
  const step = programs.step!;
  return definitionText(printing, "step", [
    ...steppingText(printing, ["inputs", "outputs"]),
    ...refusedText(printing, () => "1"),
    ...dataText(printing, step, "inputs->", model.streamable),
    "rn_step_all(M, s->d, o, L);",
    ...outputsText(printing, step, "outputs->", ["output"]),
    ...endedText(printing),
    ...resultsOf(step, "state").flatMap((slot) => {
      const leaf = step.program.leaves.find(({ name }) => name === slot.name);
      return leaf === undefined
        ? []
        : [`rn_copy(${placeText(leaf)}, ${placeText(slot)}, ${countText(model, step, slot)});`];
    }),
    ...steppedText(printing),
  ]);
};

/** Nothing follows the symbol that ends a stream; `isGiven` says of a target whether values of it are. */
export const refusedText = (
  { contents, names: { prefix } }: Printing,
  isGiven: (target: string) => string,
): ReadonlyArray<string> =>
  endingsOf(contents).flatMap(({ target }, i) =>
    dataLeaves(contents.programs.step!).some(({ name }) => name === target)
      ? [
          `for (rn_i b = 0; b < e[0]; b++) if (${isGiven(target)} && rn_ended(s)[b] == ${i + 1}) return ${prefix}_ended;`,
        ]
      : [],
  );

/** Notes which streams the values of a step end. */
export const endedText = ({ contents }: Printing): ReadonlyArray<string> =>
  endingsOf(contents).flatMap(({ target, until }, i) => {
    const leaf = dataLeaves(contents.programs.step!).find(({ name }) => name === target);
    return leaf === undefined
      ? []
      : [
          `for (rn_i b = 0; b < e[0]; b++) if ((${placeText(leaf)})[b] == ${until} && rn_ended(s)[b] == 0) rn_ended(s)[b] = ${i + 1};`,
        ];
  });

/** A step is done. */
export const steppedText = ({ contents }: Printing): ReadonlyArray<string> => {
  const count = countsText(contents);
  return [
    ...(count === "0"
      ? []
      : [
          `for (rn_i b = 0; b < ${count}; b++) {`,
          "rn_steps(s)[b]++;",
          ...leavesNamed(contents.programs.step!, "$position").map(
            (leaf) => `(${placeText(leaf)})[b] = (rn_f)rn_steps(s)[b];`,
          ),
          "}",
        ]),
    "return 0;",
  ];
};

/** Step after step. */
export const processText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { model, programs } = contents;
  const step = programs.step!;
  const next = (field: string, slot: Slot): string =>
    `if (${field} != NULL) ${field} += ${countText(model, step, slot)};`;
  return definitionText(printing, "process", [
    ...alignedText(names, "inputs", "outputs"),
    "const rn_i *const e = ((const rn_stream *)stream)->e;",
    `${names.prefix}_step_inputs from = *inputs;`,
    `${names.prefix}_step_outputs to = *outputs;`,
    "for (size_t t = 0; t < n; t++) {",
    `RN_TRY(${names.prefix}_step(stream, &from, &to));`,
    ...dataLeaves(step).map((leaf) => next(`from.${names.data(fieldKey(leaf.name))}`, leaf)),
    ...resultsOf(step, "output").map((slot) => next(`to.${names.outputs(slot.name)}`, slot)),
    "}",
    "(void)e, (void)from, (void)to;",
    "return 0;",
  ]);
};
