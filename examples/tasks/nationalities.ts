import { splitEvery } from "../../src/data/split.ts";
import { commonestByEnding } from "./baselines/endings.ts";
import { accuracy } from "./measure.ts";
import { type ReadData, readData, writeRecords } from "./reading.ts";
import { atLeast, type LazyTask, type Task } from "./task.ts";

/** From which country is a surname? The program that tells female from male names, with a class for each country. */
export const nationalityTask: LazyTask = {
  name: "surnames: which country",
  task: async () => nationalityOf(await surnameData()),
};

export const nationalityOf = ({ statics, training, heldOut }: ReadData): Task => ({
  name: nationalityTask.name,
  program: "name-class",
  statics: { ...statics, d: 16, n: 64 },
  training: () => training,
  heldOut: () => heldOut,
  settings: { steps: 1500, batch: 32, rate: 0.01 },
  marks: [{ metric: "new surnames right", measure: accuracy, baseline: commonestByEnding(3), required: atLeast(0.76) }],
});

/** Countries of which the package @faker-js/faker (MIT) lists more than a hundred surnames in Latin letters. */
const countries = ["cs_CZ", "de", "en", "es", "fr", "hr", "it", "lv", "nl", "pl", "pt_PT", "ro", "tr"] as const;

export const surnameData = async (): Promise<ReadData> => {
  const { training, heldOut } = splitEvery<Surname>(8)(await surnames());
  return readData("name-class", {
    files: [writeRecords("surnames", training)],
    heldOutFiles: [writeRecords("surnames-held-out", heldOut)],
  });
};

interface Surname {
  readonly w: ReadonlyArray<string>;
  readonly y: string;
}

/** Those of one country alone: of the others no model could tell where they are from. */
const surnames = async (): Promise<ReadonlyArray<Surname>> => {
  const { allFakers } = await import("@faker-js/faker");
  const homes = new Map<string, string[]>();
  for (const country of countries)
    for (const name of new Set(namesIn(allFakers[country].rawDefinitions.person?.last_name ?? {})))
      homes.set(name, [...(homes.get(name) ?? []), country]);
  return [...homes].flatMap(([name, [home, ...others]]) => (others.length === 0 ? [{ w: [...name], y: home! }] : []));
};

/** The package lists some countries' surnames apart for women and men. */
const namesIn = (listed: Readonly<Record<string, ReadonlyArray<string> | null>>): ReadonlyArray<string> =>
  Object.values(listed)
    .flatMap((names) => names ?? [])
    .map((name) => name.toLowerCase())
    .filter((name) => /^\p{Script=Latin}+$/u.test(name));
