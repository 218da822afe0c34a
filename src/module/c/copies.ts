import type { Slot } from "../../loops/loops.ts";
import type { CContents } from "./contents.ts";
import { endsText } from "./endings.ts";
import { realType } from "./fields.ts";
import { type Names, variablesOf } from "./names.ts";
import { slotAxes } from "./places.ts";
import { outputNamed } from "./structs.ts";
import { type Given, insideAxes, loadText, storeText } from "./variables.ts";

/** The functions that copy data between a caller and the arena: the names of those that are asked for, and their texts. */
export interface Copies {
  readonly load: (given: Given) => string;
  readonly store: (slot: Slot) => string;
  /** Of the gradient by an input, in the order in which the input is given. */
  readonly slope: (slot: Slot) => string;
  /** Of data that a symbol may end, what finds that they go on. */
  readonly ends: (target: string) => string;
  readonly texts: () => ReadonlyArray<string>;
}

export const newCopies = (contents: CContents, names: Names): Copies => {
  const { model } = contents;
  const texts = new Map<string, { readonly name: string; readonly text: string }>();
  const named = (key: string, kind: string, print: (name: string) => string): string => {
    const known = texts.get(key) ?? { name: `rn_${kind}_${texts.size}`, text: "" };
    if (!texts.has(key)) texts.set(key, { ...known, text: print(known.name) });
    return known.name;
  };
  const axesKey = (axes: Given["axes"]): string => axes.map((axis) => (axis === "batch" ? "" : axis.name)).join();
  return {
    load: (given) =>
      named(`load ${given.isFlag} ${given.variable.name} ${axesKey(given.axes)}`, "load", (name) =>
        loadText(model, names, name, given, realType(contents)),
      ),
    store: (slot) => {
      const axes = slotAxes(model, slot);
      return named(`store ${slot.name} ${axesKey(axes)}`, "store", (name) =>
        storeText(model, name, outputNamed(contents, slot.name), axes),
      );
    },
    slope: (slot) =>
      named(`slope ${slot.name}`, "store", (name) => {
        const variable = variablesOf(model).find((each) => each.name === slot.name)!;
        const indices = model.axes.flatMap((axis) => (variable.indices.includes(axis.name) ? [axis.name] : []));
        return storeText(model, name, { ...variable, indices }, insideAxes(model, variable));
      }),
    ends: (target) => named(`ends ${target}`, "ends", (name) => endsText(contents, names, name, target)),
    texts: () => [...texts.values()].map(({ text }) => text),
  };
};
