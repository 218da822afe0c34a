import fc from "fast-check";
import { cases, ready } from "../programs/cases.ts";
import { cellCases, type Errors, type Exported, errorsOf, exampleCases } from "./exported.ts";
import { answerOf, skip } from "./python.ts";

const programs = 200;
const seed = 20;

/** The part of `docs/other-worlds.md` on PyTorch, as it is measured here. */
export const pytorchSection = (): string => {
  if (skip !== false) throw new Error(skip);
  const trained = (all: ReadonlyArray<Exported>): ReadonlyArray<Exported> =>
    all.map((each) => (each.model.model.hasLoss && each.name.endsWith("from 1") ? { ...each, steps: 100 } : each));
  const groups = [
    ["examples", trained(exampleCases())],
    ["standard cells at work", trained(cellCases())],
    [`random programs (seed ${seed})`, sampled()],
  ] as const;
  const errors = errorsOf(groups.flatMap(([, all]) => all))!;
  let from = 0;
  const rows = groups.map(([name, all]) => {
    const own = errors.slice(from, from + all.length);
    from += all.length;
    return rowOf(name, all, own);
  });
  const version = answerOf<string>("version.py", null)!;
  return `## PyTorch

\`rnnc export FILE|RUN --to pytorch -o model.py\`, run by PyTorch ${version} in double precision, beside the compiled model: batches of
examples of different lengths, from 1 and from 0 on. Differences are relative to the greater of two numbers, or to 1. Training is plain
descent of 100 steps; "steps" are outputs of \`step\` one after the other, beside those of the whole.

| what | models | batches | that fail | outputs | loss | gradients | steps | 100 losses |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
};

const sampled = (): ReadonlyArray<Exported> =>
  fc
    .sample(cases({ smooth: false }), { numRuns: programs, seed })
    .map((given, i) => ({ name: `program ${i}`, source: given.source, ...ready(given) }));

const rowOf = (name: string, all: ReadonlyArray<Exported>, errors: ReadonlyArray<Errors>): string => {
  const most = (of: (errors: Errors) => number): string => {
    const found = errors.reduce((worst, each) => Math.max(worst, of(each)), 0);
    return found === 0 ? "0" : found.toExponential(1);
  };
  const isTrained = all.some(({ steps = 0 }) => steps > 0);
  return `| ${[
    name,
    new Set(all.map(({ model }) => model)).size,
    all.length,
    errors.filter(({ failure }) => failure !== undefined).length,
    most(({ outputs }) => outputs),
    most(({ loss }) => loss),
    most(({ gradient }) => gradient),
    most(({ steps }) => steps),
    isTrained ? most(({ curve }) => curve) : "",
  ].join(" | ")} |`;
};
