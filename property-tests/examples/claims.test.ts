import assert from "node:assert/strict";
import { test } from "node:test";
import { clipping, conveyorBelt } from "../../examples/claims/gradients.ts";
import { deepInTime, oneTransition, parameterSharing, teacherForcing } from "../../examples/claims/structure.ts";

for (const { claim, measure } of [clipping, conveyorBelt, deepInTime, oneTransition, parameterSharing, teacherForcing])
  test(`what follows from mathematics holds of: ${claim}`, () => {
    const bound = measure().filter(({ holds }) => holds !== undefined);
    assert.ok(bound.length > 0);
    for (const { what, value, holds } of bound) assert.ok(holds, `${what}: ${value}`);
  });
