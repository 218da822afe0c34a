import type { ModelInfo, VariableInfo } from "../runtime/interface.ts";
import { rangeOf } from "../runtime/positions.js";

type Lengths = ReadonlyMap<string, number>;

/** So many lengths are tried before the axes that positions are made of are left without any. */
const tries = 1000;

/**
 * Lengths by name, such that the positions that the model computes exist: the axis that is read is made longer until they
 * do. A model that no lengths suit keeps what was given.
 */
export const fittingLengths = (model: ModelInfo, given: Lengths): Lengths => {
  const computed = (model.positions ?? []).flatMap((position) => (position.tag === "linear" ? [position] : []));
  const lengths = new Map(given);
  for (const { name, positions } of model.inputs)
    if (typeof positions === "string") {
      const { least, most } = movesOf(model, name);
      lengths.set(positions, Math.max(1 + most - least, lengths.get(positions) ?? 0));
    }
  const lengthOf = ({ length }: ModelInfo["axes"][number]): number =>
    typeof length === "number" ? length : (lengths.get(length) ?? 0);
  for (let i = 0; i < tries; i += 1) {
    const wrong = computed.find((position) => {
      const { least, most, length } = rangeOf(model, position, lengthOf);
      return least < 1 || most > length;
    });
    if (wrong === undefined) return lengths;
    const axis = model.axes.find(({ name }) => name === wrong.axis);
    const counted = wrong.terms.flatMap((term) => (term.of === "position" ? [term.axis] : []));
    const shorter = model.axes.filter(({ name, length }) => counted.includes(name) && typeof length === "string");
    const isHalf = i > tries / 2 || typeof axis?.length !== "string";
    if (isHalf)
      for (const { length } of shorter) lengths.set(String(length), Math.max(0, lengths.get(String(length))! - 1));
    else lengths.set(String(axis.length), lengths.get(String(axis.length))! + 1);
  }
  return given;
};

/** How far before and after the positions of an input something is read. */
const movesOf = (model: ModelInfo, input: string): { readonly least: number; readonly most: number } => {
  const moves = (model.positions ?? []).flatMap((each) =>
    each.tag === "given" && each.input === input ? [each.by] : [],
  );
  return { least: Math.min(0, ...moves), most: Math.max(0, ...moves) };
};

/** The positions that an input may take on an axis of this length: what is added to them leads nowhere outside. */
export const acceptedPositions = (
  model: ModelInfo,
  { name, positions }: VariableInfo,
  lengthNamed: (length: string) => number,
): { readonly least: number; readonly most: number } | undefined => {
  if (positions === undefined) return undefined;
  const { least, most } = movesOf(model, name);
  const length = typeof positions === "number" ? positions : lengthNamed(positions);
  return { least: 1 - least, most: Math.max(1 - least, length - most) };
};
