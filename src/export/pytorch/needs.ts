import type { Model } from "../../circuit/model.ts";
import { modelInfo } from "../../module/info.ts";
import type { ModelInfo, ReadBack, VariableInfo } from "../../runtime/interface.ts";
import { positionText } from "../../runtime/required.js";
import { pythonString, tupleText } from "./text.ts";

/**
 * What `pack` of a module holds examples against, as the run time of compiled modules does: the axes, the variables, and
 * what else must be so of what stands in them.
 */
export const needsTables = (model: Model): ReadonlyArray<string> => {
  const info = modelInfo(model, { precision: "f64", optimiser: undefined });
  return [
    "# Each axis: how long it is, or the name of its length, and the axes that this stands over.",
    "AXES = {",
    ...info.axes.map(
      ({ name, length, over }) =>
        `    ${pythonString(name)}: (${textOf(length)}, ${tupleText(over.map(pythonString))}),`,
    ),
    "}",
    "# What an example has: along which axes, its shape, and what kind of number it is.",
    "VARIABLES = {",
    ...model.inputs.flatMap(({ name }) => variableLines(info, name)),
    "}",
    ...tableText("NEEDS", "# What else must be so of it.", needsOf(info)),
  ];
};

const textOf = (value: number | string): string => (typeof value === "number" ? String(value) : pythonString(value));

const tableText = (name: string, about: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [`${name} = []`] : [about, `${name} = [`, ...lines.map((line) => `    ${line},`), "]"];

/** What nothing but weights of targets read may be left out. */
const variableLines = (info: ModelInfo, name: string): ReadonlyArray<string> =>
  (
    [
      ...info.inputs.map((variable) => [variable.weighs === true ? "weight" : "input", variable] as const),
      ...info.targets.map((variable) => ["target", variable] as const),
      ...info.noises.map((variable) => ["noise", variable] as const),
    ] as const
  ).flatMap(([role, variable]) =>
    variable.name !== name
      ? []
      : [
          `    ${pythonString(name)}: ("${role}", ${tupleText(variable.indices.map(pythonString))}, ${tupleText(variable.shape.map(String))}, ${kindText(variable)}),`,
        ],
  );

const kindText = ({ symbols, positions, truth }: VariableInfo): string => {
  if (symbols !== undefined) return String(symbols);
  if (positions !== undefined) return `("position", ${textOf(positions)})`;
  return truth === true ? '"truth"' : '"real"';
};

const needsOf = ({ axes, required, limits, positions = [], randoms }: ModelInfo): ReadonlyArray<string> => [
  ...required.flatMap((position) =>
    axes
      .filter(({ name }) => name === position.axis)
      .map((axis) =>
        tupleText([
          ...['"position"', pythonString(axis.name)],
          ...[pythonString(positionText(axis, position)), String(position.least)],
        ]),
      ),
  ),
  ...limits.map(({ axis, most }) => tupleText(['"components"', pythonString(axis), String(most)])),
  ...positions.map((position) =>
    position.tag === "given"
      ? tupleText([
          ...['"given"', pythonString(position.name), pythonString(position.axis)],
          ...[pythonString(position.input), String(position.by)],
        ])
      : tupleText([
          ...['"computed"', pythonString(position.name), pythonString(position.axis), String(position.constant)],
          tupleText(
            position.terms.map(({ of, axis, times }) =>
              tupleText([pythonString(of), pythonString(axis), String(times)]),
            ),
          ),
        ]),
  ),
  ...randoms.flatMap(({ target, ends, reads = [] }) => [
    ...(ends === undefined
      ? []
      : [tupleText(['"end"', pythonString(target), pythonString(ends.axis), String(ends.symbol)])]),
    ...reads.map(({ written, places }) =>
      tupleText(['"value"', pythonString(target), pythonString(written), tupleText(places.map(placeText))]),
    ),
  ]),
];

const placeText = (place: ReadBack["places"][number]): string =>
  "by" in place ? `("by", ${place.by})` : `("${place.from}", ${place.offset})`;
