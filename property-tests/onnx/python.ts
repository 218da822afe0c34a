import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { once } from "../../src/once.ts";

const python = "/usr/bin/python3";

const isInstalled = spawnSync(python, ["-c", "import onnx"]).status === 0;

/** Why tests are skipped, if they are. */
export const skip = isInstalled ? false : "ONNX is not installed (Debian: python3-onnx)";

/** What a script beside this file prints. */
export const printed = (script: string, ...words: ReadonlyArray<string>): string => {
  const { status, stdout, stderr } = spawnSync(python, [fileURLToPath(new URL(script, import.meta.url)), ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return stdout;
};

export type Matrix = ReadonlyArray<ReadonlyArray<number>>;
export type Tensor = ReadonlyArray<Matrix>;

export interface OnnxCase {
  readonly name: string;
  readonly op: "RNN" | "LSTM" | "GRU";
  /** A file of ONNX with this operation alone, its weights within. */
  readonly model: string;
  readonly attributes: { readonly hidden_size: number; readonly layout?: number };
  /** X over positions and examples (with layout 1: examples and positions); weights have one direction in front. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: { readonly Y_h: Tensor };
}

/** ONNX's own cases of its recurrent operations; none where there is no ONNX. */
export const onnxCases: () => ReadonlyArray<OnnxCase> = once(() =>
  isInstalled ? JSON.parse(printed("cases.py")) : [],
);
