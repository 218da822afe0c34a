import assert from "node:assert/strict";
import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { compiledProgram } from "../property/programs.ts";

const source = `model M {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[2,2] ~ normal(0, 1)
  param b : R[2] ~ normal(0, 1)
  param s : R = 0.7
  minimize sum[t](sumsq(s * (W x[t] + b)))
}`;

for (const target of targetNames)
  test(`vectors and numbers decay with the rest, or matrices alone (${target})`, () => {
    const model = compiledProgram(source, { optimiser: "adamw", target });
    const params = model.init(1);
    const batch = model.pack([
      {
        x: [
          [1, 2],
          [-1, 0.5],
        ],
      },
    ]);
    const after = (constants: Readonly<Record<string, number>>, weightDecayOf?: "all" | "matrices") => {
      const training = model.trainer(params, constants, { weightDecayOf });
      for (let i = 0; i < 4; i++) training.step(batch, { rate: 0.1 });
      return training.params();
    };
    const [none, all, matrices] = [
      after({ weightDecay: 0 }),
      after({ weightDecay: 0.3 }),
      after({ weightDecay: 0.3 }, "matrices"),
    ];
    assert.deepEqual(after({ weightDecay: 0.3 }, "all"), all);
    // After one step only what decays differs: later ones read what the others have come to.
    const first = (weightDecayOf: "all" | "matrices", weightDecay: number) => {
      const training = model.trainer(params, { weightDecay }, { weightDecayOf });
      training.step(batch, { rate: 0.1 });
      return training.params();
    };
    const [plain, some, whole] = [first("all", 0), first("matrices", 0.3), first("all", 0.3)];
    assert.deepEqual([some.b, some.s], [plain.b, plain.s]);
    assert.deepEqual(some.W, whole.W);
    assert.notDeepEqual(whole.b, plain.b);
    assert.notDeepEqual(whole.s, plain.s);
    assert.notDeepEqual(matrices.W, none.W);
  });

test("what decays is chosen of an optimiser that has a decay, by a word that it knows", () => {
  const [adam, adamw] = (["adam", "adamw"] as const).map((optimiser) => compiledProgram(source, { optimiser }));
  assert.throws(
    () => adam!.trainer(adam!.init(1), {}, { weightDecayOf: "matrices" }),
    /options\.weightDecayOf: expected an optimiser with a weight decay, found "matrices"/,
  );
  assert.throws(
    () => adamw!.trainer(adamw!.init(1), {}, { weightDecayOf: "biases" as never }),
    /options\.weightDecayOf: expected "all" or "matrices", found "biases"/,
  );
  assert.match(adamw!.declarationText, /weightDecayOf\?: "all" \| "matrices"/);
  assert.doesNotMatch(adam!.declarationText.split("export declare const trainer")[1]!, /weightDecayOf/);
});
