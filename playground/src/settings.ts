import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { TrainingSettings } from "./protocol.ts";

export const usualSettings: TrainingSettings = {
  optimiser: "adam",
  target: "wasm",
  rate: 0.01,
  batch: 16,
  steps: 1000,
  clip: 5,
  seed: 1,
};

/** The settings that are numbers: which may be given, in words too, and by how much a field's arrows move it. */
export const numberSettings = {
  rate: { step: "any", is: "a number above 0", may: (value: number) => value > 0 },
  batch: { step: 1, is: "a whole number of at least 1", may: (value: number) => isWhole(value) && value >= 1 },
  steps: { step: 1, is: "a whole number of at least 1", may: (value: number) => isWhole(value) && value >= 1 },
  clip: { step: "any", is: "a number of at least 0, where 0 clips nothing", may: (value: number) => value >= 0 },
  seed: { step: 1, is: "a whole number of at least 0", may: (value: number) => isWhole(value) && value >= 0 },
} as const;

export type NumberSetting = keyof typeof numberSettings;

export const numberSettingNames = Object.keys(numberSettings) as ReadonlyArray<NumberSetting>;

const isWhole = Number.isSafeInteger;

/** The number that a field holds; on the left what it is to be instead. An empty field, or one with letters, holds none. */
export const settingIn = (name: NumberSetting, text: string): E.Either<string, number> => {
  const { is, may } = numberSettings[name];
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return pipe(
    value,
    E.fromPredicate(
      (given) => Number.isFinite(given) && may(given),
      () => (text.trim() === "" ? `${name} is ${is}: none is written.` : `${name} is ${is}, not ${text}.`),
    ),
  );
};
