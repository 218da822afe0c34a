import { answerOf } from "./python.ts";
import type { Ended, Run } from "./trained.ts";
import { besideRnnc, outputOf, ruleNames, runOf, scriptOf, trainingsApart } from "./trainer-runs.ts";

const losses = ["mean", "sum", "perObservation"] as const;
const worlds = [1, 2, 3, 4];

/** The part of `docs/other-worlds.md` on training by many processes, as it is measured here. */
export const trainerSection = (): string => {
  const scripts = losses.map((loss) => ({ loss, script: scriptOf(loss) }));
  const own = ruleNames.map((name) => ({ name, ...besideRnnc(name) }));
  const runs: ReadonlyArray<Run> = [
    ...scripts.flatMap(({ script }) => [
      ...worlds.map((world) => runOf(script, `of ${world}`, world)),
      runOf(script, "killed", 4, 12),
      runOf(script, "killed", 2),
    ]),
    ...own.map(({ run }) => run),
  ];
  const ended = answerOf<ReadonlyArray<Ended>>("trainer.py", runs)!;
  const failed = runs.flatMap(({ dies }, i) =>
    dies === undefined && ended[i]!.codes.some((code) => code !== 0) ? [ended[i]!.told] : [],
  );
  if (failed.length > 0) throw new Error(failed.join("\n"));
  const rows = scripts.map(({ loss, script }) => {
    const errors = ["of 2", "of 3", "of 4", "killed"].map((name) =>
      trainingsApart(outputOf(script, "of 1"), outputOf(script, name)),
    );
    return `| ${[`\`${loss}\``, ...errors.map(shown)].join(" | ")} |`;
  });
  return `## Training on many processes

\`rnnc export FILE|RUN --to pytorch --trainer\` ([distributed.md](distributed.md)): a small model with noise, weighted and missing targets and empty sequences, in double precision over
gloo, 20 steps of batches of 3 and 1 examples, so that of 3 and 4 processes some have none. The greatest difference of losses, norms, weights and memories
from those of one process; "killed" is of four, one of which is killed before step 12, gone on with by two from the checkpoint of step 6.

| loss | 2 | 3 | 4 | killed |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

Beside rnnc's own training, 20 steps of all examples, clipped: ${own.map(({ name, apart }) => `${name} ${shown(apart())}`).join(", ")}.
`;
};

const shown = (error: number): string => (error === 0 ? "0" : error.toExponential(1));
