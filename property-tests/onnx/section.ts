import { readFileSync } from "node:fs";
import { recurrencesIn } from "../../src/export/onnx/export-model.ts";
import { exportedOf, mustGiveTheSame } from "./agreement.ts";
import { skip } from "./runtime.ts";
import { batchesOf, paramsOf, type Subject, subjects } from "./subjects.ts";

/** What is measured of one subject: what its recurrences became, and how far off ONNX Runtime's results are at most. */
interface Row {
  readonly name: string;
  readonly recurrences: string;
  readonly error: number;
}

/** The part of `docs/other-worlds.md` on ONNX, as it is measured here. */
export const onnxSection = async (): Promise<string> => {
  if (skip !== false) throw new Error(skip);
  const rows: Row[] = [];
  for (const subject of subjects) rows.push(await rowOf(subject));
  const worst = rows.reduce((most, { error }) => Math.max(most, error), 0);
  const counts = ["LSTM", "GRU", "RNN", "Scan"].map(
    (type) => `${rows.reduce((sum, { recurrences }) => sum + countOf(recurrences, type), 0)} ${type}`,
  );
  const { version } = JSON.parse(
    readFileSync(new URL("runtime/node_modules/onnxruntime-node/package.json", import.meta.url), "utf8"),
  );
  return `## ONNX

\`rnnc export FILE|RUN --to onnx\` of all ${rows.length} examples and standard cells at work, each with three batches of three examples
(lengths from 0 to 5, equal lengths, nothing but empty sequences), in \`onnxruntime-node\` ${version}, single precision: outputs are
rnnc's to ${worst.toExponential(1)} at most, relative to numbers above 1. Their recurrences are ${counts.join(", ")}.

| model | its recurrences | greatest difference |
| --- | --- | --- |
${rows.map(({ name, recurrences, error }) => `| \`${name}\` | ${recurrences} | ${error === 0 ? "0" : error.toExponential(1)} |`).join("\n")}
`;
};

const rowOf = async ({ name, compiled }: Subject): Promise<Row> => {
  const model = compiled("f32");
  const params = paramsOf(model);
  let error = 0;
  for (const examples of batchesOf(model))
    error = Math.max(error, await mustGiveTheSame(model, params, examples, Number.POSITIVE_INFINITY));
  const found = Object.entries(recurrencesIn(exportedOf(model, params).graph));
  return { name, recurrences: found.map(([type, count]) => `${count} ${type}`).join(", ") || "none", error };
};

const countOf = (recurrences: string, type: string): number => {
  const [, count = "0"] = new RegExp(`(\\d+) ${type}`).exec(recurrences) ?? [];
  return Number(count);
};
