import type { ParameterSpec } from "../../circuit/model.ts";
import { standardText } from "../../std/library.ts";
import type { Layer } from "./dialect.ts";
import type { AskedDialect } from "./dialects.ts";

/** An applied standard cell of a model, with its parameters by their names in the cell. */
export interface CellInstance {
  /** What the paths of its parameters begin with. */
  readonly path: string;
  readonly cell: string;
  readonly isBackward: boolean;
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
    const before = found.get(prefix) ?? { path: prefix, cell: cell.name, isBackward: cell.isBackward, parameters: {} };
    found.set(prefix, { ...before, parameters: { ...before.parameters, [path.slice(cut + 1)]: shape } });
  }
  return [...found.values()];
};

/** The layer that an instance is; or why it is none, as what comes after its path. */
export const layerOf = ({ dialect, word }: AskedDialect, { path, cell }: CellInstance): Layer | string => {
  const layer = dialect.layers[cell];
  if (layer === undefined) {
    const other = dialect.alike[cell]!;
    return `${path} is a cell ${cell}, which ${dialect.name} has no layer for: what ${dialect.name} calls ${dialect.layers[other]!.module} is the standard cell ${other}`;
  }
  return word === undefined || layer.word === word
    ? layer
    : `${path} is a cell ${cell}, which is ${dialect.name}'s ${layer.module}, and no ${word} that the dialect names`;
};
