import { isPickedAxis, type TimeAxis, unionAxes } from "../../circuit/axis.ts";
import type { Model } from "../../circuit/model.ts";
import type { Spell } from "../equations/naming.ts";

/**
 * The model with axes that are called as a program may: those of an applied cell have the name of its instance before,
 * and those that a computed position is picked from have none of their own. These follow all others.
 */
export const withWritableAxes = (model: Model, spell: Spell): Model => {
  const own = unionAxes(...model.circuit.nodes.map(({ axes }) => axes));
  const picked = own.flatMap((axis) => (axis.tag === "time" && isPickedAxis(axis) ? [axis] : []));
  const axes = [...model.axes, ...picked];
  const taken = new Set(axes.map(({ key }) => key));
  const keys = new Map<string, string>();
  for (const { key } of axes.filter(({ key: written }) => /[.*]/.test(written))) {
    keys.set(key, spell(key.replace("*", "_"), taken));
    taken.add(keys.get(key)!);
  }
  return keys.size === 0 ? model : rekeyed({ ...model, axes }, keys);
};

/** Of the axes of such a model those that lines speak of: an axis of a computed position has no name in most. */
export const spokenAxes = ({ axes }: Model, lines: ReadonlyArray<string>): ReadonlyArray<TimeAxis> =>
  axes.filter(({ key, rank }, i) => {
    const isPicked = axes.slice(0, i).some((other) => other.rank === rank);
    return !isPicked || lines.some((line) => line.split(/[^\p{L}\p{M}\d_']+/u).includes(key));
  });

/** Axes are plain data, and stand in nodes, in what they do, and in the lengths of others. */
const rekeyed = <Part>(part: Part, keys: ReadonlyMap<string, string>): Part => {
  if (Array.isArray(part)) return part.map((each) => rekeyed(each, keys)) as Part;
  if (typeof part !== "object" || part === null) return part;
  const mapped = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, rekeyed(value, keys)]));
  return (mapped.tag === "time" ? { ...mapped, key: keys.get(mapped.key) ?? mapped.key } : mapped) as Part;
};
