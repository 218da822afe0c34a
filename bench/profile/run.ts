import { circumstances } from "../circumstances.ts";
import { table, writeSection } from "../markdown.ts";
import { significant } from "../statistics.ts";
import { workloads } from "../workloads.ts";
import { type Profile, profileOf } from "./measure.ts";

/** Where the time of each workload goes, by function. */
export const runProfile = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const profiles: Profile[] = [];
  for (const workload of workloads) {
    process.stderr.write(`${workload.name}: ${workload.title}\n`);
    profiles.push(await profileOf(workload, options.quick ? 500 : 10_000));
  }
  const text = [
    "Written by `npm run bench -- profile`.",
    kindTable(profiles),
    "The loops and functions that take two hundredths or more, but for the kernels of products:",
    loopTable(profiles),
    `${circumstances([])}.`,
  ].join("\n\n");
  if (!options.quick) writeSection("profile", text);
  console.log(options.json ? JSON.stringify(profiles, null, 2) : text);
};

/** The functions of `src/emit/wasm/product`, by what they do; those of a program have its name before a comma. */
const kernels: ReadonlyArray<{ readonly title: string; readonly names: ReadonlyArray<string> }> = [
  { title: "multiplying and adding", names: ["tile", "row along", "row across"] },
  { title: "packing operands", names: ["panels", "strips"] },
  { title: "blocks of products", names: ["product", "blocked"] },
];
const isKernel = (name: string): boolean => kernels.some(({ names }) => names.includes(name));
const isLoop = (name: string): boolean => /^\w+, \d+: |^\w+ f32$/.test(name);

const kindTable = (profiles: ReadonlyArray<Profile>): string =>
  table(
    [
      "",
      "ms",
      "products at the limit, ms",
      ...kernels.map(({ title }) => title),
      "of the limit, while multiplying",
      "other loops",
      "JavaScript",
      "products at the limit and other loops, ms",
    ],
    profiles.map((profile) => {
      const { workload, milliseconds, bound } = profile;
      const loops = shareOf(profile, isLoop);
      const multiplying = shareOf(profile, (name) => kernels[0]!.names.includes(name));
      return [
        workload,
        significant(milliseconds),
        significant(bound),
        ...kernels.map(({ names }) => percent(shareOf(profile, (name) => names.includes(name)))),
        percent(bound / milliseconds / multiplying),
        percent(loops),
        percent(shareOf(profile, (name) => !isKernel(name) && !isLoop(name))),
        significant(bound + loops * milliseconds),
      ];
    }),
  );

const loopTable = (profiles: ReadonlyArray<Profile>): string =>
  table(
    ["", "of all", "loop or function"],
    profiles.flatMap(({ workload, shares }) =>
      shares
        .filter(({ name, share }) => share >= 0.02 && isLoop(name))
        .map(({ name, share }) => [workload, percent(share), name]),
    ),
  );

const shareOf = ({ shares }: Profile, isMeant: (name: string) => boolean): number =>
  shares.filter(({ name }) => isMeant(name)).reduce((sum, { share }) => sum + share, 0);

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
