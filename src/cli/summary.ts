import type { Model } from "../circuit/model.ts";
import type { Compiled } from "../compile.ts";
import { match } from "../match.ts";
import type { InitialiserInfo, ModelInfo, VariableInfo } from "../runtime/interface.ts";
import { scheduled } from "../schedule/schedule.ts";
import { recurrencesOf, recurrenceText } from "../views/recurrence.ts";

/** What a compiled program is, for people: the answer of `rnnc check`. */
export const summary = ({ model, circuits, elaborated }: Compiled): string => {
  const size = (shape: ReadonlyArray<number>): number => shape.reduce((a, b) => a * b, 1);
  const total = model.params.reduce((sum, { shape }) => sum + size(shape), 0);
  const sections: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
    ["axes", model.axes.map(showAxis)],
    ["inputs", model.inputs.map(showVariable)],
    ["targets", model.targets.map((target) => `${showVariable(target)} ~ ${familyOf(model, target.name)}`)],
    ["noise", model.noises.map((noise) => `${showVariable(noise)} ~ ${noise.noise.distribution}`)],
    [
      `parameters (${total} numbers)`,
      model.params.map(({ path, indices = [], shape, init, fixed }) => {
        const variable = showVariable({ name: path, indices, shape: shape.slice(indices.length) });
        return `${fixed === true ? "fixed " : ""}${variable} ${showInitialiser(init)} (${size(shape)})`;
      }),
    ],
    ["outputs", model.outputs.map(showVariable)],
    ["loss", [lossOf(elaborated)]],
    ["recurs", recurrencesOf(elaborated).map(recurrenceText)],
    ["scans", scansOf(circuits)],
    ["streams", [model.streamable === null ? "no" : `along ${model.streamable}`]],
  ];
  return [`model ${model.name}`, ...sections.filter(([, lines]) => lines.length > 0).flatMap(showSection)]
    .map((line) => `${line}\n`)
    .join("");
};

const showSection = ([title, lines]: readonly [string, ReadonlyArray<string>]): ReadonlyArray<string> =>
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
