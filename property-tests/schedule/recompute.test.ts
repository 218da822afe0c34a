import assert from "node:assert/strict";
import { test } from "node:test";
import { javascript } from "../../src/emit/javascript/program.ts";
import { scheduleWithout } from "../../src/schedule/optimisations.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledProgram } from "../property/programs.ts";
import { givesBitsOfKeepingAll } from "./bits-laws.ts";
import { withCell } from "./cells.ts";
import { instantiate } from "./run-program.ts";

const choices = scheduleWithout(new Set(), "states");

givesBitsOfKeepingAll("computing again from the states", () => "states", 4);

for (const cell of ["GRU", "LSTM"]) {
  test(`the states of a recurrent cell alone take less than all that its gradient reads: ${cell}`, () => {
    const [full, states] = (["full", "states"] as const).map((memory) =>
      compiledProgram(withCell(cell, 40), { memory }).bytes("gradient", { batch: 3, lengths: { T: 50 } }),
    );
    assert.ok(states! < 0.92 * full!, `${states} of ${full} bytes`);
  });
}

test("the bytes that are told are those that the plan of the program takes", () => {
  const model = compiledProgram(withCell("LSTM", 40), { memory: "states", precision: "f64" });
  const program = instantiate(javascript(schedule(model.circuits.gradient!, choices), "f64"));
  const sizes = [
    [1, 1],
    [3, 50],
    [2, 0],
  ] as const;
  for (const [batch, T] of sizes)
    assert.equal(model.bytes("gradient", { batch, lengths: { T } }), 8 * program.plan([batch, T]).size);
});
