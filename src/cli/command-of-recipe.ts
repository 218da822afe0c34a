import { relative } from "node:path";
import type { Recipe } from "../train/run.ts";
import { defaultSettings } from "../train/settings.ts";
import { shellWord } from "./shell-word.ts";

/** The command that trains what a recipe asks for, anew: paths as they are seen from `folder`. */
export const commandOf = (recipe: Recipe, folder: string): string =>
  ["rnnc", "train", shellWord(seenFrom(folder, recipe.file)), ...wordsOf(recipe, folder)].join(" ");

type Words = ReadonlyArray<string>;

const wordsOf = (recipe: Recipe, folder: string): Words => {
  const { settings, data } = recipe;
  const { schedule } = settings;
  const seen = (path: string): string => seenFrom(folder, path);
  return [
    ...option("--data", ...data.files.map(seen)),
    ...(data.heldOutFiles === undefined ? [] : option("--held-out", ...data.heldOutFiles.map(seen))),
    ...given("--model", recipe.model),
    ...each(
      "--set",
      Object.entries(recipe.statics).map(([name, value]) => `${name}=${value}`),
    ),
    ...unless("f32", "--precision", recipe.precision),
    ...given("--target", recipe.target),
    ...given("--memory", recipe.memory),
    ...given("--threads", recipe.threads),
    ...each("--freeze", recipe.freeze),
    ...each("--without", recipe.without),
    ...given("--init", recipe.init === undefined ? undefined : seen(recipe.init)),
    ...ofData(recipe),
    ...unless(defaultSettings.optimiser.name, "--optimiser", settings.optimiser.name),
    ...given("--weight-decay-of", settings.weightDecayOf),
    ...given("--loss", settings.loss),
    ...given("--steps", schedule.steps),
    ...given("--rate", schedule.rate),
    ...unless("linear", "--decay", schedule.decay),
    ...given("--decay-factor", schedule.plateau?.factor),
    ...given("--decay-patience", schedule.plateau?.evaluations),
    ...given("--warmup", schedule.warmup),
    ...given("--clip", settings.clip),
    ...given("--clip-value", settings.clipValue),
    ...given("--accumulate", settings.accumulate),
    ...given("--evaluate-every", settings.evaluateEvery),
    ...given("--patience", settings.patience),
    ...given("--overfit", settings.overfit),
    ...given("--seed", settings.seed),
  ];
};

const ofData = ({ data }: Recipe): Words => {
  const { group, window, ahead, stride } = data.gathering ?? {};
  const isText = data.kind === "text";
  return [
    ...given("--format", data.format),
    ...given("--columns", data.columns?.join(",")),
    ...each(
      "--map",
      Object.entries(data.map ?? {}).map(([name, fields]) => `${name}=${fields.join(",")}`),
    ),
    ...given("--tokens", data.tokens),
    ...flag("--lower", data.lower),
    ...given("--min-count", data.minimum),
    ...given("--group", group),
    ...given("--window", isText ? data.window : window),
    ...given("--ahead", ahead),
    ...given("--stride", stride),
    ...given("--split", data.split),
    ...given("--normalise", data.normalise?.join(",")),
    ...given("--missing", data.missing),
    ...given("--skip-bad", data.skipBad),
    ...flag("--by-length", data.byLength),
    ...given("--streams", data.streams),
    ...given("--hold-out", data.holdOut),
  ];
};

const option = (name: string, ...values: Words): Words => [name, ...values.map(shellWord)];

const given = (name: string, value: string | number | null | undefined): Words =>
  value === undefined || value === null ? [] : option(name, String(value));

const unless = (usual: string, name: string, value: string): Words => (value === usual ? [] : option(name, value));

const each = (name: string, values: Words = []): Words => values.flatMap((value) => option(name, value));

const flag = (name: string, is: boolean | undefined): Words => (is === true ? [name] : []);

/** What lies in the folder is named from there; all else as it is. */
const seenFrom = (folder: string, path: string): string => {
  if (path === "-" || path === "brown") return path;
  const near = relative(folder, path);
  return near === "" || near.startsWith("..") ? path : near;
};
