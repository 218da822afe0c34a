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
  assert.match(formula ?? "", /^([\d·BT+ ]|min\(5, T\)|⌈T\/5⌉)+$/);
  const terms = formula!
    .split(" + ")
    .map((term) =>
      term.split("·").map((each) => ({ B: 2, T: 100, "min(5, T)": 5, "⌈T/5⌉": 20 })[each] ?? Number(each)),
    );
  return terms.reduce((sum, factors) => sum + factors.reduce((a, b) => a * b, 1), 0);
};

test("rnnc compile --memory tells the bytes of the module's programs: states are fewer, those of segments fewer still", async () => {
  const file = fileWith("m.rnn", program);
  const [full, states, every] = await Promise.all(
    ["full", "states", "every:5"].map((memory) =>
      rnnc("compile", file, "--memory", memory, "-o", `${newFolder()}/m.js`),
    ),
  );
  assert.equal(states!.code, 0);
  const bytes = [full!, states!, every!].map(({ err }) => bytesOf(err));
  assert.ok(bytes[1]! < bytes[0]! && bytes[2]! < 0.5 * bytes[1]!, `${bytes} bytes`);
});

test("rnnc refuses a memory that is none, and says which there are", async () => {
  const file = fileWith("m.rnn", program);
  for (const memory of ["every:0", "every:", "every:2.5", "all"]) {
    const { code, err } = await rnnc("compile", file, "--memory", memory, "-o", `${newFolder()}/m.js`);
    assert.equal(code, 2);
    assert.match(err, /full, states or every:n/);
  }
});
