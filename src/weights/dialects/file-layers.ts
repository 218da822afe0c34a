import type { Tensor } from "../safetensors.ts";
import type { Dialect, Place } from "./dialect.ts";

/** A layer in a file: its tensors by their names in the layer, each with its name in the file. */
export interface FileLayer extends Omit<Place, "tensor"> {
  readonly tensors: Readonly<Record<string, { readonly name: string; readonly tensor: Tensor }>>;
}

/** The recurrent layers in a file, from the lowest up: names are counted as people count them. */
export const fileLayers = (
  { placeOf, recurrent }: Dialect,
  tensors: Readonly<Record<string, Tensor>>,
): ReadonlyArray<FileLayer> => {
  const found = new Map<string, FileLayer>();
  for (const [name, tensor] of Object.entries(tensors)) {
    const place = placeOf(name);
    if (place === undefined) continue;
    const key = JSON.stringify([place.layer, place.level, place.isBackward]);
    const before = found.get(key) ?? { ...place, tensors: {} };
    found.set(key, { ...before, tensors: { ...before.tensors, [place.tensor]: { name, tensor } } });
  }
  return [...found.values()]
    .filter((layer) => layer.tensors[recurrent] !== undefined)
    .sort((a, b) => compared(counted(a.layer), counted(b.layer)) || a.level - b.level);
};

/** `lstm_10` stands after `lstm_9`. */
const counted = (name: string): string => name.replaceAll(/\d+/g, (digits) => digits.padStart(12, "0"));

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How messages call a layer of a file. */
export const layerName = ({ layer, level, isBackward }: Omit<Place, "tensor">): string =>
  `${layer === "" ? "the layer" : layer}${level === 0 ? "" : `, level ${level}`}${isBackward && !layer.includes("backward") ? ", backwards" : ""}`;
