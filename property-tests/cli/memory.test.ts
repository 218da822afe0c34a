import assert from "node:assert/strict";
import { test } from "node:test";
import { fileWith, newFolder, rnnc } from "./run-rnnc.ts";

const program = `import GRU from "std"
model M(n = 8, k = 3) {
  axis t in 1..T
  input x[t] : R[k]
  h[t] = GRU(n)(x[t])
  minimize sum[t](sumsq(h[t]))
}`;

/** The bytes of the gradient for two examples of a hundred positions, from the formula that is told. */
const bytesOf = (told: string): number => {
  const [, formula] = /^gradient: (.*) bytes$/m.exec(told) ?? [];
  assert.match(formula ?? "", /^[\d·BT+ ]+$/);
  const terms = formula!
    .split(" + ")
    .map((term) => term.split("·").map((each) => ({ B: 2, T: 100 })[each] ?? Number(each)));
  return terms.reduce((sum, factors) => sum + factors.reduce((a, b) => a * b, 1), 0);
};

test("rnnc compile --memory tells the bytes of the module's programs, and states are fewer", async () => {
  const file = fileWith("m.rnn", program);
  const [full, states] = await Promise.all(
    ["full", "states"].map((memory) => rnnc("compile", file, "--memory", memory, "-o", `${newFolder()}/m.js`)),
  );
  assert.equal(states!.code, 0);
  assert.ok(bytesOf(states!.err) < bytesOf(full!.err), `${bytesOf(states!.err)} of ${bytesOf(full!.err)} bytes`);
});
