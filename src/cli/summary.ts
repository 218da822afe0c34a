import type { Model } from "../circuit/model.ts";
import type { Compiled } from "../compile.ts";
import { match } from "../match.ts";
import type { InitialiserInfo, ModelInfo, VariableInfo } from "../runtime/interface.ts";
import { scheduled } from "../schedule/schedule.ts";
import { tableOf } from "../table.ts";
import { recurrencesOf, recurrenceText } from "../views/recurrence.ts";
import type { Cost, Costed, Sizes } from "./cost.ts";
import { tellsNothing } from "./nothing-to-predict.ts";

/** What a compiled program is, for people: the answer of `rnnc check`. */
export const summary = ({ model, circuits, elaborated }: Compiled, cost?: Costed): string => {
  const sections: ReadonlyArray<Section> = [
    ["axes", model.axes.map(showAxis)],
    ["inputs", model.inputs.map(showVariable)],
    ["targets", model.targets.map((target) => `${showVariable(target)} ~ ${familyOf(model, target.name)}`)],
    ["noise", model.noises.map((noise) => `${showVariable(noise)} ~ ${noise.noise.distribution}`)],
    ["parameters", parameterTable(model)],
    ["outputs", tellsNothing(model) && model.hasLoss ? [noOutputs] : model.outputs.map(showVariable)],
    ["loss", [lossOf(elaborated)]],
    ["recurs", recurrencesOf(elaborated).map(recurrenceText)],
    ["scans", scansOf(circuits)],
    ["streams", [model.streamable === null ? "no" : `along ${model.streamable}`]],
    ...(cost === undefined ? [] : costSections(cost)),
  ];
  return [`model ${model.name}`, ...sections.filter(([, lines]) => lines.length > 0).flatMap(showSection)]
    .map((line) => `${line}\n`)
    .join("");
};

const noOutputs = "none, so a run predicts nothing: `output y` says what it tells";

/** Numbers of a parameter, of whatever shape. */
export const sizeOf = (shape: ReadonlyArray<number>): number => shape.reduce((a, b) => a * b, 1);

/** Each parameter with its shape, how it begins and how many numbers it has; then how many they are together. */
const parameterTable = ({ params }: ModelInfo): ReadonlyArray<string> => {
  if (params.length === 0) return [];
  const counted = (chosen: ModelInfo["params"]): number => chosen.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const fixed = counted(params.filter((param) => param.fixed === true));
  const rows = params.map(({ path, indices = [], shape, init, fixed }) => [
    `${path}${indices.length > 0 ? `[${indices.join(",")}]` : ""}`,
    showShape(shape.slice(indices.length)),
    `${showInitialiser(init)}${fixed === true ? " (fixed)" : ""}`,
    `${sizeOf(shape)}`,
  ]);
  const sum = ["sum", "", fixed === 0 ? "" : `(fixed: ${fixed})`, `${counted(params)}`];
  return tableOf([["name", "shape", "initialiser", "numbers"], ...rows, sum], 3);
};

/** `B = 1, T = 100` */
const sizesText = ({ called, batch, lengths }: Sizes): string =>
  Object.entries({ [called]: batch, ...lengths })
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");

const costSections = ({ sizes, programs }: Costed): ReadonlyArray<Section> => [
  [`cost at ${sizesText(sizes)}`, costTable(programs)],
  [`cost as formulas, ${sizes.called} the examples of a batch`, programs.map(formulasText)],
];

const costTable = (costs: ReadonlyArray<Cost>): ReadonlyArray<string> =>
  tableOf(
    [
      ["program", "flops", "function values", "bytes"],
      ...costs.map(({ program, flops, functions, bytes }) => [
        program,
        ...[flops, functions, bytes].map(({ value }) => `${value}`),
      ]),
    ],
    1,
  );

const formulasText = ({ program, flops, functions, bytes }: Cost): string =>
  `${program}: ${flops.formula} flops, ${functions.formula} function values, ${bytes.formula} bytes`;

type Section = readonly [title: string, lines: ReadonlyArray<string>];

const showSection = ([title, lines]: Section): ReadonlyArray<string> =>
  lines.length === 1 ? [`  ${title}: ${lines[0]}`] : [`  ${title}:`, ...lines.map((line) => `    ${line}`)];

const showAxis = ({ name, length, over }: ModelInfo["axes"][number]): string =>
  `${name} in 1..${length}${over.length > 0 ? `[${over.join(",")}]` : ""}`;

const showVariable = ({ name, indices, ...type }: VariableInfo): string =>
  `${name}${indices.length > 0 ? `[${indices.join(",")}]` : ""} : ${showType(type)}`;

const showType = ({ shape, symbols, positions }: Omit<VariableInfo, "name" | "indices">): string => {
  if (positions !== undefined) return `position[${positions}]`;
  return symbols === undefined ? showShape(shape) : `symbol[${symbols}]`;
};

const showShape = (shape: ReadonlyArray<number>): string => (shape.length === 0 ? "R" : `R[${shape.join(",")}]`);

/** As it is written where a parameter is declared. */
const showInitialiser: (init: InitialiserInfo) => string = match<InitialiserInfo, string>({
  constant: ({ value }) => `= ${value}`,
  uniform: ({ low, high }) => `~ uniform(${low}, ${high})`,
  normal: ({ mean, deviation }) => `~ normal(${mean}, ${deviation})`,
  glorot: () => "~ glorot",
  he: () => "~ he",
  orthogonal: () => "~ orthogonal",
  identity: () => "~ identity",
  function: ({ written }) => `~ ${written}`,
});

const familyOf = ({ randoms }: ModelInfo, name: string): string =>
  randoms.find(({ target }) => target === name)?.family ?? "given";

/** `-log p of y; 2 terms minimized` */
const lossOf = ({ randoms, minimized }: Model): string => {
  const named = randoms.map(({ target, weight }) => `${target}${weight === undefined ? "" : " (weighted)"}`);
  const likelihoods = named.length === 0 ? [] : [`-log p of ${named.join(", ")}`];
  const terms = minimized === 0 ? [] : [`${minimized} ${minimized === 1 ? "term" : "terms"} minimized`];
  const parts = [...likelihoods, ...terms];
  return parts.length === 0 ? "none" : parts.join("; ");
};

/** The loops that run through the model itself: `over t`, `over t, backwards`. */
const scansOf = ({ loss, forward }: Compiled["circuits"]): ReadonlyArray<string> =>
  scheduled(loss ?? forward).loops.flatMap((loops) =>
    loops.tag === "scan" ? [`over ${loops.axis.key}${loops.descending ? ", backwards" : ""}`] : [],
  );
