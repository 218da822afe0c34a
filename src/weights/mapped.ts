import { valuesOf } from "./decode.ts";
import type { Renaming, Shapes } from "./renamed.ts";
import { type Safetensors, type Tensor, tensorOf } from "./safetensors.ts";

/** A file's tensors as they are meant, which name of the model each has that has another, and what was not asked for. */
export interface Mapped {
  readonly file: Safetensors;
  readonly renaming: Renaming;
  readonly told: ReadonlyArray<string>;
}

/**
 * What `--map` says, either way round: `old=new`, or `new=old` where only that names a tensor and a weight; with `.T` on either side the
 * transpose. `isTurned`: whether a matrix that fits but for that is transposed by itself, as in a graph that has its products the other
 * way round.
 */
export const mapped = (
  file: Safetensors,
  wanted: Shapes,
  said: Readonly<Record<string, string>>,
  isTurned: boolean,
): Mapped => {
  const each = Object.entries(said).map(([one, other]) => sayingOf(one, other, file, wanted));
  const renaming = Object.fromEntries(each.map(({ old, name }) => [old, name]));
  const asked = new Set(each.filter(({ isTransposed }) => isTransposed).map(({ old }) => old));
  const fits = (old: string, { shape }: Tensor): boolean => {
    const shapeWanted = wanted[renaming[old] ?? old];
    return (
      shape.length === 2 && shapeWanted?.join() === shape.toReversed().join() && shapeWanted.join() !== shape.join()
    );
  };
  const byItself = Object.entries(file.tensors).filter(
    ([old, tensor]) => isTurned && !asked.has(old) && fits(old, tensor),
  );
  const turned = new Set([...asked, ...byItself.map(([old]) => old)]);
  return {
    file: {
      ...file,
      tensors: Object.fromEntries(
        Object.entries(file.tensors).map(([old, tensor]) => [old, turned.has(old) ? transposed(tensor) : tensor]),
      ),
    },
    renaming,
    told: byItself.map(
      ([old, { shape }]) =>
        `${old} [${shape.join(", ")}] is taken transposed, as ${renaming[old] ?? old} [${shape.toReversed().join(", ")}]`,
    ),
  };
};

interface Saying {
  readonly old: string;
  readonly name: string;
  readonly isTransposed: boolean;
}

const sayingOf = (one: string, other: string, { tensors }: Safetensors, wanted: Shapes): Saying => {
  const plain = (text: string): string =>
    text.endsWith(".T") && !Object.hasOwn(tensors, text) && !Object.hasOwn(wanted, text) ? text.slice(0, -2) : text;
  const [left, right] = [plain(one), plain(other)];
  const isTransposed = (left !== one) !== (right !== other);
  const names = (old: string, name: string): boolean => Object.hasOwn(tensors, old) && Object.hasOwn(wanted, name);
  return !names(left, right) && names(right, left)
    ? { old: right, name: left, isTransposed }
    : { old: left, name: right, isTransposed };
};

/** Of what is no matrix, itself. */
const transposed = (tensor: Tensor): Tensor => {
  const [rows, columns, ...more] = tensor.shape;
  const values = valuesOf(tensor);
  if (rows === undefined || columns === undefined || more.length > 0 || values === undefined) return tensor;
  const turned = values.map((_, k) => values[(k % rows) * columns + Math.floor(k / rows)]!);
  return tensorOf({ shape: [columns, rows], values: turned });
};

/** What a file has besides, with its shapes, and which of it may be what is missing. */
export const besides = (left: Safetensors, missing: Shapes): ReadonlyArray<string> => {
  const tensors = Object.entries(left.tensors).filter(([, { shape }]) => shape.length > 0);
  const likely = Object.entries(missing).flatMap(([name, shape]) => {
    const same = tensors.filter(([, tensor]) => tensor.shape.join() === shape.join()).map(([old]) => `${old}=${name}`);
    const flipped = tensors
      .filter(([, tensor]) => shape.length === 2 && tensor.shape.toReversed().join() === shape.join())
      .map(([old]) => `${old}=${name}.T`);
    const [first] = [...same, ...flipped];
    return first === undefined ? [] : [`--map ${first}`];
  });
  const shown = tensors.slice(0, most).map(([old, { shape }]) => `${old} [${shape.join(", ")}]`);
  const others = tensors.length > most ? `, and ${tensors.length - most} more` : "";
  return [
    ...(tensors.length === 0
      ? []
      : [
          `the file has besides: ${shown.join(", ")}${others}${likely.length === 0 ? "" : `; perhaps ${likely.join(" ")}`}`,
        ]),
    ...Object.entries(left.unread ?? {}).map(([old, why]) => `${old} ${why}`),
  ];
};

const most = 20;
