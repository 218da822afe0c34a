import assert from "node:assert/strict";
import { test } from "node:test";
import { agreesWithout, stages, usedByOne, withZeros } from "../../src/export/verify/experiments.ts";
import { type Link, wholeLink } from "../../src/export/verify/links.ts";
import { fileWith, rnnc } from "../cli/run-rnnc.ts";
import { isThorough } from "../often.ts";
import { skip } from "./python.ts";

process.env.PYTHON = "/usr/bin/python3";

const program = `model G(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param Wz, Wr, Wh : R[n, k]
  param Uz, Ur, Uh : R[n, n]
  param bz, br, bh : R[n] = 0
  param V : R[m, n]
  param c : R[m] = 0
  h[0] = 0
  z[t] = sigmoid(Wz x[t] + Uz h[t-1] + bz)
  r[t] = sigmoid(Wr x[t] + Ur h[t-1] + br)
  g[t] = tanh(Wh x[t] + Uh (r[t] * h[t-1]) + bh)
  h[t] : R[n] = (1 - z[t]) * h[t-1] + z[t] * g[t]
  y[t] ~ categorical(softmax(c + V h[t]))
}
`;

const module = `import torch
from torch import nn
class G(nn.Module):
    def __init__(self, k, n, m):
        super().__init__()
        for g in "zrh":
            setattr(self, "W" + g, nn.Parameter(torch.randn(n, k)))
            setattr(self, "U" + g, nn.Parameter(torch.randn(n, n)))
            setattr(self, "b" + g, nn.Parameter(torch.randn(n)))
        self.V = nn.Parameter(torch.randn(m, n))
        self.c = nn.Parameter(torch.randn(m))
    def forward(self, x, y, lengths):
        h = torch.zeros(x.shape[0], self.Uz.shape[0])
        loss = 0.0
        for t in range(x.shape[1]):
            a = x[:, t]
            z = torch.sigmoid(a @ self.Wz.T + h @ self.Uz.T + self.bz)
            r = torch.sigmoid(a @ self.Wr.T + h @ self.Ur.T + self.br)
            g = torch.tanh(a @ self.Wh.T + (r * h) @ self.Uh.T + self.bh)
            h = (1 - z) * h + z * g
            losses = nn.functional.cross_entropy(self.c + h @ self.V.T, y[:, t], reduction="none")
            loss = loss + (losses * (t < lengths)).sum()
        return loss / x.shape[0]
`;

const plants: ReadonlyArray<readonly [name: string, before: string, after: string, told: RegExp]> = [
  [
    "a gate the other way round",
    "(1 - z) * h + z * g",
    "z * h + (1 - z) * g",
    /^Hint: with Wz, Uz, bz = 0 on both sides they agree: look at where they stand/m,
  ],
  [
    "a gate behind its matrix",
    "(r * h) @ self.Uh.T",
    "r * (h @ self.Uh.T)",
    /^Hint: with Wr, Ur, br = 0 on both sides/m,
  ],
  ["a bias that is missing", " + self.br)", ")", /^Hint: PyTorch does not use br:/m],
  ["the matrix of another gate", "h @ self.Ur.T", "h @ self.Uz.T", /^Hint: PyTorch does not use Ur:/m],
  [
    "a factor in one product",
    "r = torch.sigmoid(a",
    "r = torch.sigmoid(-2 * a",
    /^Hint: with Wr = 0 on both sides they agree: look at where it stands/m,
  ],
];

for (const [name, before, after, told] of plants)
  test(`${name} is found by the parameters that stand there`, {
    skip: skip || (isThorough ? false : "for a thorough run"),
  }, async () => {
    assert.ok(module.includes(before));
    const against = fileWith("g.py", module.replace(before, after));
    const { code, out, err } = await rnnc("verify", fileWith("g.rnn", program), "--against", against);
    assert.equal(code, 1, err);
    assert.match(out, told);
  });

test("parameters are set to 0 alone, by gates, and two by two; a gate is what has its letters behind the first", () => {
  const [singles, gates, twos, twoGates] = stages(["l.Wi", "l.Ui", "l.Wf", "l.Uf", "V"]);
  assert.deepEqual(singles, [["l.Wi"], ["l.Ui"], ["l.Wf"], ["l.Uf"], ["V"]]);
  assert.deepEqual(gates, [
    ["l.Wi", "l.Ui"],
    ["l.Wf", "l.Uf"],
  ]);
  assert.equal(twos!.length, 10);
  assert.deepEqual(twoGates, [["l.Wi", "l.Ui", "l.Wf", "l.Uf"]]);
  const many = stages(
    Array.from({ length: 60 }, (_, i) => `p${i}`),
    50,
  );
  for (const stage of many) assert.ok(stage.length <= 50);
});

test("what is set to 0 is 0, and the others are as they were", () => {
  const params = { a: Float64Array.of(1, 2), b: Float64Array.of(3) };
  assert.deepEqual(withZeros(params, ["a"]), { a: Float64Array.of(0, 0), b: Float64Array.of(3) });
});

const links: ReadonlyArray<Link> = ["a", "b"].map((name) => wholeLink(name, { name, shape: [1] }));
const expected = (a: number, b: number) => ({ loss: 1, gradient: { a: Float64Array.of(a), b: Float64Array.of(b) } });
const computed = (a: number | null, b: number) => ({ loss: 1, gradient: { a: a === null ? null : [a], b: [b] } });

test("without a parameter both sides agree if all others do, and still reach the loss", () => {
  const agrees = (theirs: number, now = expected(5, 2), loss = 1): boolean =>
    agreesWithout(["a"], expected(5, 2), now, { ...computed(7, theirs), loss }, links, 1e-8);
  assert.equal(agrees(2), true);
  assert.equal(agrees(3), false);
  assert.equal(agrees(2, expected(5, 2), 3), false);
  assert.equal(agrees(0, expected(5, 0)), false);
});

test("a parameter is used by one side alone if the other's gradient is 0, or none, in all cases", () => {
  const cases = (...all: ReadonlyArray<readonly [ReturnType<typeof expected>, ReturnType<typeof computed>]>) =>
    usedByOne(all.map(([one, other]) => ({ expected: one, computed: other, links })));
  assert.deepEqual(cases([expected(1, 0), computed(null, 2)]), { byModel: ["a"], byModule: ["b"] });
  assert.deepEqual(cases([expected(1, 0), computed(0, 0)]), { byModel: ["a"], byModule: [] });
  assert.deepEqual(cases([expected(1, 0), computed(0, 0)], [expected(0, 0), computed(3, 0)]), {
    byModel: [],
    byModule: [],
  });
});
