import { valuesOf } from "../decode.ts";
import { type Extents, extentsOf, tensorShape } from "./blocks.ts";
import type { CellInstance } from "./cells.ts";
import type { Dialect, Layer } from "./dialect.ts";
import { type FileLayer, layerName } from "./file-layers.ts";

/** Why a layer of a file is none for a cell of the model: every reason, each with names and shapes. */
export const misfits = (
  dialect: Dialect,
  layer: Layer,
  instance: CellInstance,
  found: FileLayer,
): ReadonlyArray<string> => {
  if (!hasForm(dialect, layer, found)) return [otherKind(dialect, layer, instance, found)];
  return Object.entries(layer.tensors).flatMap(([name, form]) => {
    const given = found.tensors[name];
    if (given === undefined) return [];
    const extents = extentsIn(layer, instance, name);
    if (extents === undefined) return [];
    const shape = tensorShape(dialect, form, extents);
    const { tensor } = given;
    if (shape.join() !== tensor.shape.join())
      return [
        `${given.name} has the shape [${tensor.shape.join(", ")}], and ${instance.path} (${instance.cell}) takes [${shape.join(", ")}]`,
      ];
    return valuesOf(tensor) === undefined ? [`${given.name} is of ${tensor.type}, which are no real numbers`] : [];
  });
};

/** Of the parameters that are made of a tensor, which all have the same; nothing where the model needs none of them. */
export const extentsIn = ({ parameters }: Layer, instance: CellInstance, tensor: string): Extents | undefined => {
  const shapes = Object.entries(parameters).flatMap(([name, parts]) =>
    parts.some((part) => part.tensor === tensor) && instance.parameters[name] !== undefined
      ? [instance.parameters[name]]
      : [],
  );
  return shapes[0] === undefined ? undefined : extentsOf(shapes[0]);
};

const otherKind = (dialect: Dialect, layer: Layer, { path, cell }: CellInstance, found: FileLayer): string => {
  const kinds = Object.entries(dialect.layers).filter(([, other]) => hasForm(dialect, other, found));
  const own = `${path} is a cell ${cell}, ${dialect.name}'s ${layer.module}`;
  return kinds.length === 0
    ? `${layerName(found)} (${Object.values(found.tensors)
        .map(({ name, tensor }) => `${name} [${tensor.shape.join(", ")}]`)
        .join(", ")}) is no recurrent layer of ${dialect.name} that I know, and ${own}`
    : `${layerName(found)} is ${dialect.name}'s ${kinds[0]![1].module}, the standard cell ${kinds[0]![0]}, and ${own}`;
};

/** Whether a layer's tensors are those of a kind, whatever its sizes are. */
export const hasForm = (dialect: Dialect, { tensors }: Layer, found: FileLayer): boolean =>
  Object.keys(found.tensors).every((name) => tensors[name] !== undefined) &&
  Object.entries(tensors).every(([name, { form, isOptional }]) => {
    const given = found.tensors[name]?.tensor.shape;
    return given === undefined ? isOptional === true : given.length === (form === "vector" ? 1 : 2);
  }) &&
  hasGates(dialect, tensors, found);

/** As many times as the state is wide; where it is projected another tensor says how wide. */
const hasGates = ({ blocks, recurrent }: Dialect, tensors: Layer["tensors"], found: FileLayer): boolean => {
  const { shape } = found.tensors[recurrent]!.tensor;
  const [across, along] = blocks === "rows" ? shape : shape.toReversed();
  const isProjected = Object.values(tensors).filter(({ form }) => form === "matrix").length > 2;
  return isProjected || across === tensors[recurrent]!.gates * along!;
};
