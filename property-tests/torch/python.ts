import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CompiledModel, Params } from "../../src/runtime/interface.ts";

const python = "/usr/bin/python3";

const isInstalled = spawnSync(python, ["-c", "import torch"]).status === 0;

/** Why tests are skipped, if they are. */
export const skip = isInstalled ? false : "PyTorch is not installed (Debian: python3-torch)";

/** What a script beside this file answers to a question; nothing where there is no PyTorch. */
export const answerOf = <Answer>(script: string, question: unknown): Answer | undefined => {
  if (!isInstalled) return undefined;
  const { status, stdout, stderr } = spawnSync(python, [fileURLToPath(new URL(script, import.meta.url))], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
};

/** Parameters as JSON has them, and the shape of each. */
export const parametersAsked = ({ model }: Pick<CompiledModel, "model">, params: Params) => ({
  shapes: Object.fromEntries(model.params.map(({ path, shape }) => [path, shape])),
  params: plain(params),
});

export const plain = (params: Params): Readonly<Record<string, ReadonlyArray<number>>> =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, Array.from(values)]));
