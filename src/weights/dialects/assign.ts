import * as E from "fp-ts/lib/Either.js";
import type { CellInstance } from "./cells.ts";
import type { Dialect } from "./dialect.ts";
import { type FileLayer, layerName } from "./file-layers.ts";
import { hasForm, misfits } from "./fit.ts";

/** By a path in the model, the name of a layer in a file: for all instances at or below that path. */
export type Layering = Readonly<Record<string, string>>;

export interface Assignment {
  readonly instance: CellInstance;
  readonly layer: FileLayer;
}

type Result = E.Either<ReadonlyArray<string>, ReadonlyArray<Assignment>>;

/**
 * Which instance takes which layer. What is not said is found by itself where there is one way: layers upon each other and both
 * directions of one layer, equal names, or kinds of which each has one.
 */
export const assigned = (
  dialect: Dialect,
  instances: ReadonlyArray<CellInstance>,
  layers: ReadonlyArray<FileLayer>,
  layering: Layering,
): Result => {
  const said = Object.entries(layering);
  if (said.length > 0) return bySaying(dialect, instances, layers, said);
  const names = new Set(layers.map(({ layer }) => outermost(dialect, layer)));
  const byName = Object.fromEntries(
    instances.flatMap(({ path }) =>
      layers.some(({ layer }) => outermost(dialect, layer) === path) ? [[path, path] as const] : [],
    ),
  );
  if (Object.keys(byName).length === instances.length && names.size > 1)
    return bySaying(dialect, instances, layers, Object.entries(byName));
  if (names.size <= 1) return inOrder(instances, layers);
  const ways = pairings(dialect, instances, layers);
  return ways.length === 1 ? E.right(ways[0]!) : E.left([unclear(dialect, instances, layers)]);
};

/** Whether a layer is of the kind that a cell is, and of its direction. */
const isAlike = (dialect: Dialect, instance: CellInstance, layer: FileLayer): boolean => {
  const kind = dialect.layers[instance.cell];
  return kind !== undefined && instance.isBackward === layer.isBackward && hasForm(dialect, kind, layer);
};

/** How each instance can take a layer of its kind and direction such that none is left over; no more than two ways. */
const pairings = (
  dialect: Dialect,
  [instance, ...others]: ReadonlyArray<CellInstance>,
  layers: ReadonlyArray<FileLayer>,
): ReadonlyArray<ReadonlyArray<Assignment>> => {
  if (instance === undefined) return layers.length === 0 ? [[]] : [];
  if (layers.length !== others.length + 1) return [];
  const found: ReadonlyArray<Assignment>[] = [];
  for (const layer of layers.filter((each) => isAlike(dialect, instance, each))) {
    const rest = pairings(
      dialect,
      others,
      layers.filter((each) => each !== layer),
    );
    found.push(...rest.map((pairs) => [{ instance, layer }, ...pairs]));
    if (found.length > 1) return found.slice(0, 2);
  }
  return found;
};

/** The two directions of one layer have names of their own in Keras. */
const outermost = ({ separators }: Dialect, layer: string): string => {
  const parts = layer.split(separators);
  return /^(?:forward|backward)/.test(parts.at(-1)!) ? parts.slice(0, -1).join(".") : layer;
};

const unclear = (
  dialect: Dialect,
  instances: ReadonlyArray<CellInstance>,
  layers: ReadonlyArray<FileLayer>,
): string => {
  const [possible] = instances.flatMap((instance) =>
    layers
      .filter(
        (layer) =>
          isAlike(dialect, instance, layer) &&
          misfits(dialect, dialect.layers[instance.cell]!, instance, layer).length === 0,
      )
      .map(({ layer }) => `, as in --layer ${layer}=${instance.path}`),
  );
  return `which layer is which cell is not clear: the file has ${layers.map(layerName).join("; ")}, the model ${instances.map(({ path, cell }) => `${path} (${cell})`).join(", ")}; say it with --layer NAME=PATH${possible ?? ""}`;
};

const isUnder = (path: string, prefix: string, separators: RegExp): boolean =>
  path === prefix || (path.startsWith(prefix) && separators.test(path.charAt(prefix.length)));

/** What is said of a layer or of a cell that is not there. */
export const unknownNames = (
  { separators }: Dialect,
  instances: ReadonlyArray<CellInstance>,
  layers: ReadonlyArray<FileLayer>,
  layering: Layering,
): ReadonlyArray<string> =>
  Object.entries(layering).flatMap(([path, name]) => [
    ...(layers.some(({ layer }) => isUnder(layer, name, separators))
      ? []
      : [`--layer ${name}=${path}: the file has no such layer; it has ${layers.map(layerName).join("; ") || "none"}`]),
    ...(instances.some((instance) => isUnder(instance.path, path, /\./))
      ? []
      : [
          `--layer ${name}=${path}: the model has no standard cell there; it has ${instances.map((instance) => instance.path).join(", ") || "none"}`,
        ]),
  ]);

const bySaying = (
  dialect: Dialect,
  instances: ReadonlyArray<CellInstance>,
  layers: ReadonlyArray<FileLayer>,
  said: ReadonlyArray<readonly [string, string]>,
): Result => {
  const pairs = [...new Set(said.map(([, layer]) => layer))].map((name) => ({
    name,
    paths: said.filter(([, layer]) => layer === name).map(([path]) => path),
  }));
  const groups = pairs.map(({ name, paths }) => ({
    name,
    paths,
    layers: layers.filter(({ layer }) => isUnder(layer, name, dialect.separators)),
    instances: instances.filter(({ path }) => paths.some((prefix) => isUnder(path, prefix, /\./))),
  }));
  const problems = unknownNames(dialect, instances, layers, Object.fromEntries(said));
  const left = instances.filter(
    ({ path }) => !groups.some((group) => group.instances.some((one) => one.path === path)),
  );
  if (problems.length > 0) return E.left(problems);
  if (left.length > 0)
    return E.left(
      left.map(({ path, cell }) => `${path} (${cell}) is given no layer: say it with --layer NAME=${path}`),
    );
  return joined(groups.map((group) => inOrder(group.instances, group.layers)));
};

/** Forward cells take forward layers in their order, backward ones those that run backwards. */
const inOrder = (instances: ReadonlyArray<CellInstance>, layers: ReadonlyArray<FileLayer>): Result =>
  joined(
    [false, true].map((isBackward): Result => {
      const cells = instances.filter((instance) => instance.isBackward === isBackward);
      const own = layers.filter((layer) => layer.isBackward === isBackward);
      if (cells.length === own.length) return E.right(cells.map((instance, i) => ({ instance, layer: own[i]! })));
      const kind = isBackward ? "backward layers" : "layers";
      return E.left([
        `the file has ${own.length} ${kind} (${own.map(layerName).join("; ") || "none"}), the model ${cells.length} (${cells.map(({ path, cell }) => `${path}: ${cell}`).join(", ") || "none"})`,
      ]);
    }),
  );

const joined = (results: ReadonlyArray<Result>): Result => {
  const problems = results.flatMap((result) => (E.isLeft(result) ? result.left : []));
  return problems.length > 0
    ? E.left(problems)
    : E.right(results.flatMap((result) => (E.isRight(result) ? result.right : [])));
};
