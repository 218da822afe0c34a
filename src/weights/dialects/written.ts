import * as E from "fp-ts/lib/Either.js";
import { lengthOf, type Safetensors, type Shaped, tensorOf } from "../safetensors.ts";
import type { Layering } from "./assign.ts";
import { extentsOf, placesOf, tensorShape } from "./blocks.ts";
import { type CellInstance, layerOf } from "./cells.ts";
import type { Dialect, Layer, Place } from "./dialect.ts";
import type { AskedDialect } from "./dialects.ts";
import { extentsIn } from "./fit.ts";

/**
 * The weights of a model as a file of a dialect: the inverse of reading one. Where a parameter is a sum of tensors, the first of
 * them has it all and the others are 0. What is no recurrent layer stays under its name, as it is. On the left, what the dialect
 * has no layer for.
 */
export const writtenAs = (
  asked: AskedDialect,
  instances: ReadonlyArray<CellInstance>,
  layering: Layering,
  weights: Readonly<Record<string, Shaped>>,
): E.Either<ReadonlyArray<string>, Safetensors> => {
  const { dialect } = asked;
  const problems = [
    ...instances.flatMap((instance) => {
      const layer = layerOf(asked, instance);
      return typeof layer === "string" ? [layer] : [];
    }),
    ...Object.entries(layering).flatMap(([path, layer]) =>
      instances.some((instance) => isUnder(instance.path, path))
        ? []
        : [`--layer ${layer}=${path}: the model has no standard cell there`],
    ),
  ];
  if (problems.length > 0) return E.left(problems);
  const own = new Set(
    instances.flatMap(({ path, parameters }) => Object.keys(parameters).map((name) => `${path}.${name}`)),
  );
  const others = Object.entries(weights).filter(([path]) => !own.has(path));
  return E.right({
    metadata: {},
    tensors: {
      ...Object.fromEntries(others.map(([path, shaped]) => [path, tensorOf(shaped)])),
      ...Object.fromEntries(
        placesIn(instances, layering).flatMap(([instance, place]) =>
          Object.entries(tensorsOf(dialect, instance, weights)).map(([tensor, shaped]) => [
            dialect.tensorName(place, tensor),
            tensorOf(shaped),
          ]),
        ),
      ),
    },
  });
};

const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}.`);

/** Cells that are said to be one layer are its levels, in their order; any other is a layer of its own, under its path. */
const placesIn = (
  instances: ReadonlyArray<CellInstance>,
  layering: Layering,
): ReadonlyArray<readonly [CellInstance, Omit<Place, "tensor">]> => {
  const counts = new Map<string, number>();
  return instances.map((instance) => {
    const { path, isBackward } = instance;
    const layer = Object.entries(layering).find(([prefix]) => isUnder(path, prefix))?.[1] ?? path;
    const key = `${layer} ${isBackward}`;
    const level = counts.get(key) ?? 0;
    counts.set(key, level + 1);
    return [instance, { layer, level, isBackward }];
  });
};

/** A tensor of which the model needs nothing is left out. */
const tensorsOf = (
  dialect: Dialect,
  instance: CellInstance,
  weights: Readonly<Record<string, Shaped>>,
): Readonly<Record<string, Shaped>> => {
  const layer = dialect.layers[instance.cell]!;
  return Object.fromEntries(
    Object.entries(layer.tensors).flatMap(([name, form]) => {
      const extents = extentsIn(layer, instance, name);
      if (extents === undefined) return [];
      const shape = tensorShape(dialect, form, extents);
      return [[name, tensorFrom(dialect, layer, instance, weights, name, shape)]];
    }),
  );
};

const tensorFrom = (
  dialect: Dialect,
  { parameters, tensors }: Layer,
  { path, parameters: own }: CellInstance,
  weights: Readonly<Record<string, Shaped>>,
  tensor: string,
  shape: ReadonlyArray<number>,
): Shaped => {
  const isDouble = Object.keys(own).some((name) => weights[`${path}.${name}`]!.values instanceof Float64Array);
  const values = new (isDouble ? Float64Array : Float32Array)(lengthOf(shape));
  for (const [name, [first]] of Object.entries(parameters)) {
    const of = weights[`${path}.${name}`];
    if (first?.tensor !== tensor || of === undefined) continue;
    placesOf(dialect, tensors[tensor]!, extentsOf(of.shape), first).forEach((place, i) => {
      values[place] = (first.sign ?? 1) * of.values[i]!;
    });
  }
  return { shape, values };
};
