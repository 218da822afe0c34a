import type { Model } from "../../circuit/model.ts";
import type { Spell } from "../equations/naming.ts";

/** The model with axes that are called as a program may: those of an applied cell have the name of its instance before. */
export const withWritableAxes = (model: Model, spell: Spell): Model => {
  const taken = new Set(model.axes.map(({ key }) => key));
  const keys = new Map<string, string>();
  for (const { key } of model.axes.filter(({ key: written }) => written.includes("."))) {
    keys.set(key, spell(key, taken));
    taken.add(keys.get(key)!);
  }
  return keys.size === 0 ? model : rekeyed(model, keys);
};

/** Axes are plain data, and stand in nodes, in what they do, and in the lengths of others. */
const rekeyed = <Part>(part: Part, keys: ReadonlyMap<string, string>): Part => {
  if (Array.isArray(part)) return part.map((each) => rekeyed(each, keys)) as Part;
  if (typeof part !== "object" || part === null) return part;
  const mapped = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, rekeyed(value, keys)]));
  return (mapped.tag === "time" ? { ...mapped, key: keys.get(mapped.key) ?? mapped.key } : mapped) as Part;
};
