import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { onnxOf } from "../../src/export/onnx/export-model.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import { someOf } from "../often.ts";
import { exportedOf } from "./agreement.ts";
import { printed, skip } from "./python.ts";
import { paramsOf, subjects } from "./subjects.ts";

test("ONNX's checker finds nothing wrong with models of examples and standard cells, of either precision", {
  skip,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-onnx-"));
  const chosen = someOf(subjects, 2, 8).flatMap(({ name, compiled }) =>
    (["f32", "f64"] as const).map((precision) => ({ name: `${name}-${precision}`, model: compiled(precision) })),
  );
  for (const { name, model } of chosen)
    writeFileSync(join(folder, `${name}.onnx`), bytesOfModel(exportedOf(model, paramsOf(model))));
  let more = 0;
  for (const { name, model } of chosen.filter(({ model }) => model.model.precision === "f32"))
    for (const way of [{ draws: true }, { carries: true }]) {
      const made = onnxOf(model.elaborated, { params: paramsOf(model), precision: "f32", ...way });
      if (!("right" in made)) continue;
      more += 1;
      writeFileSync(join(folder, `${name}-${Object.keys(way)[0]}.onnx`), bytesOfModel(made.right));
    }
  assert.ok(more > 0);
  assert.equal(Number(printed("check.py", folder)), chosen.length + more);
});
