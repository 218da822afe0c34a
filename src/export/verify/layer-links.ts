import * as E from "fp-ts/lib/Either.js";
import type { ParameterSpec } from "../../circuit/model.ts";
import { assigned, type Layering, unknownNames } from "../../weights/dialects/assign.ts";
import { extentsOf, placesOf } from "../../weights/dialects/blocks.ts";
import { cellsOf, layerOf } from "../../weights/dialects/cells.ts";
import { type FileLayer, fileLayers } from "../../weights/dialects/file-layers.ts";
import { misfits } from "../../weights/dialects/fit.ts";
import { pytorch } from "../../weights/dialects/pytorch.ts";
import { tensorOf } from "../../weights/safetensors.ts";
import { type Link, type LinkPart, type NamedShape, sizeOf } from "./links.ts";

const asked = { dialect: pytorch, word: undefined };

const layersOf = (tensors: ReadonlyArray<NamedShape>): ReadonlyArray<FileLayer> =>
  fileLayers(
    pytorch,
    Object.fromEntries(
      tensors.map(({ name, shape }) => [name, tensorOf({ shape, values: new Float64Array(sizeOf(shape)) })] as const),
    ),
  );

/** What is said of layers that the module does not have, or of cells that the model does not. */
export const unknownLayers = (
  parameters: ReadonlyArray<ParameterSpec>,
  tensors: ReadonlyArray<NamedShape>,
  layering: Layering,
): ReadonlyArray<string> => unknownNames(pytorch, cellsOf(parameters, asked), layersOf(tensors), layering);

/**
 * The standard cells of a model as layers of PyTorch that the user's module has (nn.RNN, nn.LSTM, nn.GRU), gates and biases
 * where these keep them. None where either has none; on the left why they do not go together.
 */
export const layerLinks = (
  parameters: ReadonlyArray<ParameterSpec>,
  tensors: ReadonlyArray<NamedShape>,
  layering: Layering,
): E.Either<ReadonlyArray<string>, ReadonlyArray<Link>> => {
  const instances = cellsOf(parameters, asked);
  const layers = layersOf(tensors);
  if (instances.length === 0 || layers.length === 0) return E.right([]);
  const kinds = instances.flatMap((instance) => {
    const layer = layerOf(asked, instance);
    return typeof layer === "string" ? [layer] : [];
  });
  if (kinds.length > 0) return E.left(kinds);
  const pairs = assigned(pytorch, instances, layers, layering);
  if (E.isLeft(pairs)) return pairs;
  const problems = pairs.right.flatMap(({ instance, layer }) =>
    misfits(pytorch, pytorch.layers[instance.cell]!, instance, layer),
  );
  if (problems.length > 0) return E.left(problems);
  return E.right(
    pairs.right.flatMap(({ instance, layer }) => {
      const kind = pytorch.layers[instance.cell]!;
      return Object.entries(instance.parameters).flatMap(([name, shape]): ReadonlyArray<Link> => {
        const parts = kind.parameters[name]!.flatMap((part): ReadonlyArray<LinkPart> => {
          const given = layer.tensors[part.tensor];
          const form = kind.tensors[part.tensor]!;
          const block = form.gates === 1 ? "" : `[${part.gate + 1}/${form.gates}]`;
          return given === undefined
            ? []
            : [
                {
                  tensor: given.name,
                  written: `${given.name}${block}`,
                  places: placesOf(pytorch, form, extentsOf(shape), part),
                  sign: part.sign ?? 1,
                },
              ];
        });
        return parts.length === 0 ? [] : [{ path: `${instance.path}.${name}`, shape, parts }];
      });
    }),
  );
};
