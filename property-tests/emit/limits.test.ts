import assert from "node:assert/strict";
import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { compiledProgram } from "../property/programs.ts";

const table =
  "model M(L = 3) { axis t in 1..T\n input x[t] : R\n param P : R[L]\n output y[t] = x[t] + P[t]\n minimize sum[t](y[t]^2) }";

for (const target of targetNames) {
  const model = compiledProgram(table, { target });
  const params = { P: Float64Array.of(1, 2, 3) };
  const example = (length: number) => ({ x: new Array<number>(length).fill(0) });
  const refused = (call: () => unknown, message: string): void => {
    assert.throws(call, { name: "RnncError", message });
  };

  test(`an example with more positions than a table has rows is refused by name: ${target}`, () => {
    assert.equal(model.loss(params, model.pack([example(3), example(1)])), (14 + 1) / 2);
    refused(
      () => model.pack([example(3), example(4)]),
      "examples[1]: axis t counts components and needs T <= 3, found 4",
    );
  });

  test(`so is a batch that did not come from pack: ${target}`, () => {
    const batch = {
      size: 1,
      lengths: { T: Int32Array.of(4) },
      longest: { T: 4 },
      values: { x: new Float64Array(4) },
    };
    for (const call of [model.forward, model.loss, model.gradient])
      refused(() => call(params, batch), "example 0 of the batch: axis t counts components and needs T <= 3, found 4");
  });

  test(`positions go on from a state, in chunks and in steps: ${target}`, () => {
    const { state } = model.gradient(params, model.pack([example(2)]));
    assert.equal(model.gradient(params, model.pack([example(1)]), state).loss, 9);
    refused(
      () => model.gradient(params, model.pack([example(2)]), state),
      "example 0 of the batch: axis t counts components and needs T <= 3, found 4",
    );
    let here = model.start(params);
    for (const row of [1, 2, 3]) {
      const { state: next, output } = model.step(params, here, { x: 0 });
      assert.deepEqual([...output.y!], [row]);
      here = next;
    }
    refused(
      () => model.step(params, here, { x: 0 }),
      "the step: axis t counts components, of which there are 3, found position 4",
    );
  });

  test(`no more is generated than there are rows: ${target}`, () => {
    const drawn = compiledProgram(
      "model M { axis t in 1..T\n param P : R[3,2]\n y[t] : symbol[2] ~ categorical(softmax(P[t])) }",
      { target },
    );
    assert.equal(drawn.generate(drawn.init(0), { length: 3 }).values.y![0]!.length, 3);
    refused(
      () => drawn.generate(drawn.init(0), { length: 4 }),
      "options.length: axis t counts components, of which there are 3, found 4",
    );
  });
}

test("a ragged axis is no longer than its table at any position of the outer one", () => {
  const { pack } = compiledProgram(
    "model M { axis i in 1..I\n axis w in 1..W[i]\n input q[i,w] : R\n param P : R[2]\n output y[i,w] = q[i,w] * P[w] }",
  );
  pack([{ q: [[1, 2], []] }]);
  assert.throws(() => pack([{ q: [[1, 2]] }, { q: [[1], [1, 2, 3]] }]), {
    name: "RnncError",
    message: "examples[1]: axis w counts components and needs W <= 2, found 3",
  });
});

test("a table that is read ahead ends the sooner, and the nearest end of several counts", () => {
  const { model } = compiledProgram(
    "model M { axis t in 1..T\n input x[t] : R\n param P : R[5]\n param Q : R[4]\n output y[t] = x[t] + P[t+2] * Q[t] }",
  );
  assert.deepEqual(model.limits, [{ axis: "t", most: 3 }]);
});
