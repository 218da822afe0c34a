import type { Extent, TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { index, name, number } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { EquationSystem } from "../equations/system.ts";
import { derivativesOf } from "./derivatives.ts";
import type { Known } from "./listing.ts";
import type { Kind } from "./rank.ts";

/** What a model tells of the names in its equations. */
export const knownOf = (model: Model, system: EquationSystem, loss?: string): Known => ({
  ...knownNames(model, system),
  derivatives: derivativesOf(model, system),
  ...(loss === undefined ? {} : { loss }),
});

const knownNames = (
  { axes, parameters }: Model,
  { circuit, names, letters }: EquationSystem,
): Pick<Known, "kinds" | "parameters" | "ends"> => ({
  kinds: new Map([
    ...axes.flatMap(({ key, extent }) => [key, ...lengthOf(extent)].map((text) => [text, numberKind] as const)),
    ...[...letters.keys()].map((letter) => [letter, numberKind] as const),
    ...[...names].map(([id, called]) => [called, kindOf(circuit, id)] as const),
    ...parameters.map(({ path, axes: over, shape }): readonly [string, Kind] => [
      `∂${path}`,
      { indices: over.length, sides: shape.length - over.length },
    ]),
  ]),
  parameters: new Set(parameters.map(({ path }) => path)),
  ends: new Map([
    ...axes.map((axis) => [axis.key, lastOf(axis)] as const),
    ...[...letters].flatMap(([letter, of]) => {
      const axis = axes.find(({ key }) => key === of);
      return axis === undefined ? [] : [[letter, lastOf(axis)] as const];
    }),
  ]),
});

const numberKind: Kind = { indices: 0, sides: 0 };

const kindOf = (circuit: Circuit, id: NodeId): Kind => {
  const { axes } = nodeAt(circuit, id);
  const indices = axes.filter(({ tag }) => tag === "time").length;
  return { indices, sides: axes.length - indices };
};

const lengthOf = (extent: Extent): ReadonlyArray<string> => (extent.tag === "length" ? [extent.name] : []);

const lastOf = ({ extent }: TimeAxis): Expression =>
  extent.tag === "fixed"
    ? number(extent.size)
    : index(
        name(extent.name),
        extent.over.flatMap((axis) => (axis.tag === "time" ? [name(axis.key)] : [])),
      );
