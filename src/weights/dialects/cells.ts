import type { GivenFunction, ParameterSpec } from "../../circuit/model.ts";
import { standardText } from "../../std/library.ts";
import type { Dialect, Layer, LayerFunction } from "./dialect.ts";
import type { AskedDialect } from "./dialects.ts";

/** An applied standard cell of a model, with its parameters by their names in the cell. */
export interface CellInstance {
  /** What the paths of its parameters begin with. */
  readonly path: string;
  readonly cell: string;
  readonly isBackward: boolean;
  /** Its static parameters that are functions. */
  readonly functions: Readonly<Record<string, GivenFunction>>;
  readonly parameters: Readonly<Record<string, ReadonlyArray<number>>>;
}

/** The instances of standard cells that are, or are like, a layer of a dialect, in the order of declaration. */
export const cellsOf = (
  parameters: ReadonlyArray<ParameterSpec>,
  { dialect }: AskedDialect,
): ReadonlyArray<CellInstance> => {
  const found = new Map<string, CellInstance>();
  for (const { path, shape, cell } of parameters) {
    if (cell === undefined || standardText(cell.file) === undefined) continue;
    if (dialect.layers[cell.name] === undefined && dialect.alike[cell.name] === undefined) continue;
    const cut = path.lastIndexOf(".");
    const prefix = path.slice(0, cut);
    const { name, isBackward, functions } = cell;
    const before = found.get(prefix) ?? { path: prefix, cell: name, isBackward, functions, parameters: {} };
    found.set(prefix, { ...before, parameters: { ...before.parameters, [path.slice(cut + 1)]: shape } });
  }
  return [...found.values()];
};

/** The layer that an instance is; or why it is none. */
export const layerOf = ({ dialect, word }: AskedDialect, instance: CellInstance): Layer | string => {
  const { path, cell } = instance;
  const layer = dialect.layers[cell];
  if (layer === undefined) {
    const other = dialect.alike[cell]!;
    return `${path} is a cell ${cell}, which ${dialect.name} has no layer for: what ${dialect.name} calls ${dialect.layers[other]!.module} is the standard cell ${other}`;
  }
  if (word !== undefined && layer.word !== word)
    return `${path} is a cell ${cell}, which is ${dialect.name}'s ${layer.module}, and no ${word} that the dialect names`;
  const other = functionsOf(layer, instance).find(({ isKnown }) => !isKnown);
  return other === undefined ? layer : `${path} is a cell ${cell} with ${otherFunction(dialect, layer, other)}`;
};

interface FunctionOfLayer extends LayerFunction {
  /** What the cell calls it. */
  readonly parameter: string;
  readonly given: GivenFunction;
  readonly isKnown: boolean;
}

const functionsOf = (layer: Layer, { functions }: CellInstance): ReadonlyArray<FunctionOfLayer> =>
  Object.entries(layer.functions).map(([parameter, { option, known }]) => {
    const given = functions[parameter]!;
    return { parameter, given, option, known, isKnown: given.isOfTheLanguage && known.includes(given.name) };
  });

const otherFunction = ({ name }: Dialect, { module }: Layer, { parameter, given, known }: FunctionOfLayer): string => {
  const found = `${parameter} = ${given.name}${given.isOfTheLanguage ? "" : " (a function of the program's own)"}`;
  return `${found}, where ${name}'s ${module} has ${known.join(" or ")}`;
};

/** With which words a dialect must make the layers of instances that do not have what these have by themselves. */
export const optionsOf = ({ dialect }: AskedDialect, instances: ReadonlyArray<CellInstance>): ReadonlyArray<string> =>
  instances.flatMap((instance) => {
    const layer = dialect.layers[instance.cell]!;
    const unusual = functionsOf(layer, instance).filter(({ given, known }) => given.name !== known[0]);
    const words = unusual.map(({ option, given }) => `${option}="${given.name}"`);
    return words.length === 0 ? [] : [`${instance.path} is ${dialect.name}'s ${layer.module} with ${words.join(", ")}`];
  });
