import * as E from "fp-ts/lib/Either.js";
import type { Params } from "../runtime/interface.ts";
import { valuesOf } from "./decode.ts";
import { type Safetensors, type Shaped, tensorOf } from "./safetensors.ts";
import { unusable } from "./unusable.ts";

/** What weights are wanted: a shape for each name. */
export type Shapes = Readonly<Record<string, ReadonlyArray<number>>>;

/** Names in a file, by the name that each stands for. */
export type Renaming = Readonly<Record<string, string>>;

/**
 * The tensors of a file as the weights that are wanted, each under its own name or renamed. On the left, all that does not fit:
 * every weight has its tensor of its shape, every tensor is a weight, and its numbers can take the place of those before.
 */
export const fittingWeights =
  (wanted: Shapes, renaming: Renaming = {}, before: Params = {}) =>
  ({ tensors }: Safetensors): E.Either<ReadonlyArray<string>, Readonly<Record<string, Shaped>>> => {
    const has = (name: string): boolean => Object.hasOwn(tensors, name);
    const given = Object.entries(tensors).map(
      ([name, tensor]) => [Object.hasOwn(renaming, name) ? renaming[name]! : name, name, tensor] as const,
    );
    const names = new Set(given.map(([name]) => name));
    // What has no name of the model, and the one weight of its shape that has no tensor.
    const shapes = given.filter(([name]) => !Object.hasOwn(wanted, name)).map(([, , { shape }]) => shape.join());
    const meant = (shape: ReadonlyArray<number>, old: string): string => {
      const missing = Object.keys(wanted).filter((name) => !names.has(name) && wanted[name]!.join() === shape.join());
      const isOne = missing.length === 1 && shapes.filter((other) => other === shape.join()).length === 1;
      return isOne ? ` (--map ${old}=${missing[0]} makes it ${missing[0]}, which has its shape)` : "";
    };
    const problems = [
      ...Object.keys(renaming).flatMap((name) => (has(name) ? [] : [`there is no ${name} to be renamed`])),
      ...given.flatMap(([name, old, tensor], i) => {
        const shape = Object.hasOwn(wanted, name) ? wanted[name]! : undefined;
        if (shape === undefined) return [`${old} is no weight of the model${meant(tensor.shape, old)}`];
        if (given.findIndex(([other]) => other === name) < i) return [`${old} is a second ${name}`];
        if (shape.join() !== tensor.shape.join())
          return [`${old} has the shape [${tensor.shape.join(", ")}], ${name} is [${shape.join(", ")}]`];
        const values = valuesOf(tensor);
        if (values === undefined) return [`${old} is of ${tensor.type}, which are no real numbers`];
        const odd = unusable({ shape, values }, before[name] ?? values.subarray(0, 0));
        return odd === undefined ? [] : [`${old} has ${odd}`];
      }),
      ...Object.keys(wanted).flatMap((name) => (names.has(name) ? [] : [`${name} is missing`])),
    ];
    return problems.length > 0
      ? E.left(problems)
      : E.right(
          Object.fromEntries(
            given.map(([name, , tensor]) => [name, { shape: tensor.shape, values: valuesOf(tensor)! }]),
          ),
        );
  };

export const safetensorsOf = (weights: Readonly<Record<string, Shaped>>): Safetensors => ({
  metadata: {},
  tensors: Object.fromEntries(Object.entries(weights).map(([name, shaped]) => [name, tensorOf(shaped)])),
});
