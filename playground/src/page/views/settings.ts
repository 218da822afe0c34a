import type { TrainingSettings } from "../../protocol.ts";
import { element, labelled } from "../element.ts";

export interface Settings {
  readonly content: HTMLElement;
  readonly values: () => TrainingSettings;
  readonly take: (values: Partial<TrainingSettings>) => void;
}

const usualSettings: TrainingSettings = {
  optimiser: "adam",
  target: "wasm",
  rate: 0.01,
  batch: 16,
  steps: 1000,
  clip: 5,
  seed: 1,
};

/** What a number may be, and by how much its field's arrows move it. */
const numbers = {
  rate: { title: "rate", min: 0, step: "any" },
  batch: { title: "batch", min: 1, step: 1 },
  steps: { title: "steps", min: 1, step: 1 },
  clip: { title: "clip", min: 0, step: "any" },
  seed: { title: "seed", min: 0, step: 1 },
} as const;

const choices = {
  optimiser: ["adam", "adamw", "sgd", "momentum", "rmsprop", "adagrad"],
  target: ["wasm", "js"],
} as const;

type NumberName = keyof typeof numbers;

/** How a model is trained, as fields. */
export const newSettings = (): Settings => {
  const fields = Object.fromEntries(
    Object.entries(numbers).map(([name, { min, step }]) => [
      name,
      element("input", { type: "number", min, step, inputmode: "decimal", name }),
    ]),
  ) as Record<NumberName, HTMLInputElement>;
  const select = (name: keyof typeof choices): HTMLSelectElement =>
    element("select", { name }, ...choices[name].map((value) => element("option", { value }, value)));
  const selects = { optimiser: select("optimiser"), target: select("target") };
  const take = (values: Partial<TrainingSettings>): void => {
    const all = { ...usualSettings, ...values };
    for (const name of Object.keys(fields) as NumberName[]) fields[name].value = String(all[name]);
    for (const name of ["optimiser", "target"] as const) {
      selects[name].value = all[name];
      if (selects[name].selectedIndex < 0) selects[name].value = usualSettings[name];
    }
  };
  /** What is no number, or less than may be, is as usual. */
  const numberIn = (name: NumberName): number => {
    const { valueAsNumber: value } = fields[name];
    const isWhole = numbers[name].step === 1;
    return Number.isFinite(value) && value >= numbers[name].min
      ? isWhole
        ? Math.round(value)
        : value
      : usualSettings[name];
  };
  take({});
  return {
    content: element(
      "div",
      { class: "settings" },
      labelled("optimiser", selects.optimiser),
      ...Object.entries(numbers).map(([name, { title }]) => labelled(title, fields[name as NumberName])),
      labelled("as", selects.target),
    ),
    take,
    values: () => ({
      optimiser: selects.optimiser.value as TrainingSettings["optimiser"],
      target: selects.target.value as TrainingSettings["target"],
      rate: numberIn("rate"),
      batch: numberIn("batch"),
      steps: numberIn("steps"),
      clip: numberIn("clip"),
      seed: numberIn("seed"),
    }),
  };
};
