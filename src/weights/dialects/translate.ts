import * as E from "fp-ts/lib/Either.js";
import { valuesOf } from "../decode.ts";
import { lengthOf, type Safetensors, type Tensor, tensorOf } from "../safetensors.ts";
import { type Assignment, assigned, type Layering } from "./assign.ts";
import { extentsOf, placesOf } from "./blocks.ts";
import { type CellInstance, layerOf } from "./cells.ts";
import type { Dialect, Layer, Part } from "./dialect.ts";
import type { AskedDialect } from "./dialects.ts";
import { type FileLayer, fileLayers } from "./file-layers.ts";
import { misfits } from "./fit.ts";

/**
 * A file of a dialect as one of the model: recurrent layers become the parameters of the cells that take them, what is no
 * recurrent layer stays under its name. On the left, all that does not fit.
 */
export const translated = (
  asked: AskedDialect,
  instances: ReadonlyArray<CellInstance>,
  layering: Layering,
  file: Safetensors,
): E.Either<ReadonlyArray<string>, Safetensors> => {
  const { dialect } = asked;
  const layers = fileLayers(dialect, file.tensors);
  const kinds = instances.flatMap((instance) => {
    const layer = layerOf(asked, instance);
    return typeof layer === "string" ? [layer] : [];
  });
  if (kinds.length > 0) return E.left(kinds);
  const pairs = assigned(dialect, instances, layers, layering);
  if (E.isLeft(pairs)) return pairs;
  const problems = pairs.right.flatMap(({ instance, layer }) =>
    misfits(dialect, dialect.layers[instance.cell]!, instance, layer),
  );
  if (problems.length > 0) return E.left(problems);
  const taken = new Set(pairs.right.flatMap(({ layer }) => Object.values(layer.tensors).map(({ name }) => name)));
  const others = Object.entries(file.tensors).filter(([name]) => !taken.has(name));
  return E.right({
    ...file,
    tensors: {
      ...Object.fromEntries(others.map(([name, tensor]) => [name, upright(dialect, name, tensor)])),
      ...Object.fromEntries(pairs.right.flatMap((pair) => parametersOf(dialect, pair))),
    },
  });
};

const parametersOf = (dialect: Dialect, { instance, layer }: Assignment): ReadonlyArray<readonly [string, Tensor]> => {
  const kind = dialect.layers[instance.cell]!;
  return Object.entries(instance.parameters).map(([name, shape]) => {
    const values = new Float64Array(lengthOf(shape));
    for (const part of kind.parameters[name]!) addPart(dialect, kind, layer, shape, part, values);
    return [`${instance.path}.${name}`, tensorOf({ shape, values })];
  });
};

/** Adds to a parameter the block of a tensor that it has a part in; of a tensor that is not there nothing. */
const addPart = (
  dialect: Dialect,
  { tensors }: Layer,
  layer: FileLayer,
  shape: ReadonlyArray<number>,
  part: Part,
  values: Float64Array,
): void => {
  const given = layer.tensors[part.tensor];
  if (given === undefined) return;
  const all = valuesOf(given.tensor)!;
  const sign = part.sign ?? 1;
  placesOf(dialect, tensors[part.tensor]!, extentsOf(shape), part).forEach((place, i) => {
    values[i]! += sign * all[place]!;
  });
};

/** A matrix that the dialect keeps transposed, as the language has it. */
const upright = ({ separators, transposed }: Dialect, name: string, tensor: Tensor): Tensor => {
  const [rows, columns, ...more] = tensor.shape;
  const last = name.replace(/:\d+$/, "").split(separators).at(-1)!;
  const values = valuesOf(tensor);
  if (!transposed.includes(last) || columns === undefined || more.length > 0 || values === undefined) return tensor;
  const turned = Float64Array.from(values, (_, k) => values[(k % rows!) * columns + Math.floor(k / rows!)]!);
  return tensorOf({ shape: [columns, rows!], values: turned });
};
