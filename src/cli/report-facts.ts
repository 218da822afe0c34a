import { sha256 } from "../train/manifest.ts";
import type { Run } from "../train/run.ts";
import { version } from "./generated/own.ts";

/** What a run was trained on and with, as names and values. */
export const factsTold = ({ recipe, training }: Run): ReadonlyArray<readonly [string, string]> => {
  const { settings, data, statics, precision, target, source } = recipe;
  const { optimiser, schedule, clip, clipValue } = settings;
  const constants = Object.entries(optimiser.constants).map(([name, value]) => `${name} ${value}`);
  return [
    ["seed", String(settings.seed)],
    ["steps", `${training.step} of ${schedule.steps}`],
    ["optimiser", `${optimiser.name} (${constants.join(", ")})`],
    ["learning rate", `${schedule.rate}, ${schedule.decay}, after ${schedule.warmup} steps in which it climbs`],
    [
      "gradients",
      `shortened to ${clip}${clipValue === null ? "" : `, each element to ${clipValue}`}, per predicted value`,
    ],
    ["a batch", `${data.streams} ${data.kind === "text" ? `streams of ${data.window} symbols` : "examples"}`],
    ["numbers", `${precision}, ${target ?? "the usual code"}`],
    [
      "static parameters",
      Object.entries(statics)
        .map(([name, value]) => `${name} = ${value}`)
        .join(", ") || "none",
    ],
    ...Object.entries(data.fingerprints ?? {}).map(
      ([path, { bytes, sha256: digest }]) => [path, `${bytes} bytes, SHA-256 ${digest}`] as const,
    ),
    ["the program", `${recipe.file}, SHA-256 ${sha256(Buffer.from(source))}`],
    ["told by", `rnnc ${version}, Node ${process.version}`],
  ];
};
