import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Loop } from "../../src/loops/loops.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { withGradient } from "../wasm/programs.ts";
import { fiveSymbols } from "./data.ts";
import { systems } from "./systems.ts";

const doesSomething = (loop: Loop): boolean => {
  switch (loop.tag) {
    case "for":
      return loop.body.length > 0 && loop.body.every(doesSomething);
    case "if":
      return loop.then.length + loop.else.length > 0 && [...loop.then, ...loop.else].every(doesSomething);
    default:
      return true;
  }
};

test("there is something to do in every block, loop and choice", () => {
  const anyCircuit = fc.oneof(
    fc.constantFrom(...systems).map(({ build }) => optimise(withGradient(build({ n: 2, k: 3 }), fiveSymbols))),
    circuits({ smooth: true }).map((circuit) => withGradient(circuit, (input) => (input === "c" ? 2 : undefined))),
  );
  fc.assert(
    fc.property(anyCircuit, (circuit) => {
      for (const { title, body } of schedule(circuit).blocks)
        assert.ok(body.length > 0 && body.every(doesSomething), title);
    }),
    runs(100),
  );
});
