import assert from "node:assert/strict";
import { test } from "node:test";
import { example, fileWith, rnnc, type Told } from "../cli/run-rnnc.ts";
import { isThorough, someOf } from "../often.ts";
import { documentedElman as elman } from "./documented-elman.ts";
import { skip } from "./python.ts";

process.env.PYTHON = "/usr/bin/python3";

const skipUnlessThorough = skip || (isThorough ? false : "for a thorough run");

const noTrace = ({ code, out, err }: Told): string => {
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.doesNotMatch(err, /Traceback|\.ts:|node:/);
  return err;
};

const changed = (before: string, after: string): string => {
  assert.ok(elman.includes(before));
  return elman.replace(before, after);
};

const verified = (python: string, ...words: ReadonlyArray<string>): Promise<Told> =>
  rnnc("verify", example("elman"), "--against", fileWith("theirs.py", python), ...words);

test("a right module agrees in the loss and in every gradient, at sizes and lengths of its own in each case", {
  skip,
}, async () => {
  const { code, out, err } = await verified(`print("what the file prints")\n${elman}`, "--json");
  assert.equal(code, 0, err);
  const told = JSON.parse(out);
  assert.equal(told.agrees, true);
  assert.deepEqual(told.parameters.map(({ path }: { path: string }) => path).sort(), ["U", "V", "W", "b", "c"]);
  assert.ok(told.loss.error < 1e-12);
  assert.ok(told.cases.some(({ lengths }: { lengths: { T: number[] } }) => new Set(lengths.T).size > 1));
  assert.ok(new Set(told.cases.map(({ sizes }: { sizes: object }) => JSON.stringify(sizes))).size > 1);
  assert.match(err, /what the file prints/);
});

test("a wrong sign is found, and shrunk to one example of two positions and the smallest sizes", { skip }, async () => {
  const { code, out, err } = await verified(changed("self.b + s @", "self.b - s @"), "--json");
  assert.equal(code, 1, err);
  const { agrees, difference } = JSON.parse(out);
  assert.equal(agrees, false);
  assert.equal(difference.of, "loss");
  assert.deepEqual(difference.case.lengths, { T: [2] });
  assert.deepEqual(difference.case.sizes, { k: 1, n: 1, m: 2 });
  assert.notEqual(difference.rnnc, difference.torch);
});

test("the sum over a batch in the place of its mean is told as such", { skip: skipUnlessThorough }, async () => {
  const { code, out, err } = await verified(changed("loss / x.shape[0]", "loss"));
  assert.equal(code, 1);
  assert.match(out, /2 examples; T = 1, 1/);
  assert.match(out, /Hint: the module's loss is the sum over the examples.*--loss sum/);
  assert.match(err, /differ/);
});

test("what is detached is named by the parameter whose gradient it cuts off, though the losses agree", {
  skip: skipUnlessThorough,
}, async () => {
  const { code, out } = await verified(
    changed("            s = torch", "            s = s.detach()\n            s = torch"),
  );
  assert.equal(code, 1);
  assert.match(out, /loss +\S+ +agrees/);
  assert.match(out, /∂loss\/∂V .* agrees/);
  assert.match(out, /1 example; T = 2/);
  assert.match(out, /Hint: .*detached/);
});

test("a transposed matrix is told as such", { skip: skipUnlessThorough }, async () => {
  const { code, out } = await verified(changed("self.W.T", "self.W"));
  assert.equal(code, 1);
  assert.match(out, /with W transposed they agree: --map W=W\.T/);
  assert.equal((await verified(changed("self.W.T", "self.W"), "--map", "W=W.T")).code, 0);
});

test("padding that is counted is told by two examples of unequal lengths", { skip: skipUnlessThorough }, async () => {
  const { code, out } = await verified(changed(" * (t < lengths)", ""));
  assert.equal(code, 1);
  assert.match(out, /2 examples; T = (1, 2|2, 1)/);
  assert.match(out, /Hint: .*padding/);
});

test("a module that is given no lengths has examples of one length in each batch", {
  skip: skipUnlessThorough,
}, async () => {
  const source = changed("x, y, lengths", "x, y").replace(" * (t < lengths)", "");
  const { code, out, err } = await verified(source, "--json");
  assert.equal(code, 0, err);
  for (const { lengths } of JSON.parse(out).cases) assert.equal(new Set(lengths.T).size, 1);
});

const tagger = `import LSTM from "std"
model Tagger(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param V : R[m, n]
  param c : R[m] = 0
  h[t] = LSTM(n)(x[t])
  y[t] ~ categorical(softmax(c + V h[t]))
}
`;

const torchTagger = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, inputs, hidden, classes):
        super().__init__()
        self.rnn = nn.LSTM(inputs, hidden, batch_first=True)
        self.head = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.head(self.rnn(x)[0])

def loss(module, batch):
    losses = nn.functional.cross_entropy(module(batch["x"]).transpose(1, 2), batch["y"], reduction="none")
    within = torch.arange(losses.shape[1]) < batch["lengths"][:, None]
    return (losses * within).sum() / len(losses)
`;

const sized = ["--arg", "inputs=k", "--arg", "hidden=n", "--arg", "classes=m"];
const headed = ["--map", "V=head.weight", "--map", "c=head.bias"];

const tagged = (program: string, ...words: ReadonlyArray<string>): Promise<Told> =>
  rnnc("verify", fileWith("tagger.rnn", program), "--against", fileWith("tagger.py", torchTagger), ...words);

test("nn.LSTM is a standard cell's counterpart without a word, each bias the sum of two", { skip }, async () => {
  const { code, out, err } = await tagged(tagger, ...sized, ...headed);
  assert.equal(code, 0, err);
  assert.match(out, /h\.Wo .*rnn\.weight_ih_l0\[4\/4\]/);
  assert.match(out, /h\.bf .*rnn\.bias_ih_l0\[2\/4\] \+ rnn\.bias_hh_l0\[2\/4\]/);
});

/** The LSTM written out, as on the slide. */
const equations = `model Tagger(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param V : R[m, n]
  param Wi, Wf, Wg, Wo : R[n, k]
  param Ui, Uf, Ug, Uo : R[n, n]
  param bi, bf, bg, bo : R[n] = 0
  param c : R[m] = 0
  h[0] = 0
  s[0] = 0
  i[t] = sigmoid(Wi x[t] + Ui h[t-1] + bi)
  f[t] = sigmoid(Wf x[t] + Uf h[t-1] + bf)
  g[t] = tanh(Wg x[t] + Ug h[t-1] + bg)
  o[t] = sigmoid(Wo x[t] + Uo h[t-1] + bo)
  s[t] : R[n] = f[t] * s[t-1] + i[t] * g[t]
  h[t] : R[n] = o[t] * tanh(s[t])
  y[t] ~ categorical(softmax(c + V h[t]))
}
`;

const gates = (order: string): ReadonlyArray<string> =>
  [...order].flatMap((letter, at) => [
    ...["--map", `W${letter}=rnn.weight_ih_l0[${at}n:${at + 1}n]`],
    ...["--map", `U${letter}=rnn.weight_hh_l0[${at + 1}/4]`],
    ...["--map", `b${letter}=rnn.bias_ih_l0[${at + 1}/4]+rnn.bias_hh_l0[${at + 1}/4]`],
  ]);

test("stacked gates are mapped by rows or blocks, and gates in another order are told as such", {
  skip: skipUnlessThorough,
}, async () => {
  const right = await tagged(equations, ...sized, ...headed, ...gates("ifgo"));
  assert.equal(right.code, 0, right.err);
  const wrong = await tagged(equations, ...sized, ...headed, ...gates("ifog"));
  assert.equal(wrong.code, 1, wrong.err);
  assert.match(wrong.out, /what is mapped to \[3\/4\] is \[4\/4\], what is mapped to \[4\/4\] is \[3\/4\]/);
});

const names = `import GRUResetAfter from "std"
model Names(V = 5, d = 3, n = 4, m = 3) {
  axis t in 1..T
  input w[t] : symbol[V]
  param E : R[V, d]
  param O : R[m, n]
  param c : R[m] = 0
  f[t] = GRUResetAfter(n)(E[w[t]])
  output p = softmax(c + O f[T])
  kind ~ categorical(p)
}
`;

const torchNames = `
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence
class Names(nn.Module):
    def __init__(self, V, d, n, m=3):
        super().__init__()
        self.E = nn.Embedding(V, d)
        self.gru = nn.GRU(d, n, batch_first=True)
        self.out = nn.Linear(n, m)
    def forward(self, w, kind, lengths):
        packed = pack_padded_sequence(self.E(w), lengths, batch_first=True, enforce_sorted=False)
        _, h = self.gru(packed)
        scores = self.out(h[0])
        return scores, nn.functional.cross_entropy(scores, kind)
`;

test("symbols are embedded and packed by PyTorch, and nn.GRU is the cell that resets after; of another this is told", {
  skip: skipUnlessThorough,
}, async () => {
  const against = fileWith("names.py", torchNames);
  const words = ["--against", against, "--map", "O=out.weight", "--map", "c=out.bias"];
  const right = await rnnc("verify", fileWith("names.rnn", names), ...words);
  assert.equal(right.code, 0, right.out + right.err);
  const wrong = await rnnc("verify", fileWith("names.rnn", names.replaceAll("GRUResetAfter", "GRU")), ...words);
  assert.match(noTrace(wrong), /what PyTorch calls nn\.GRU is the standard cell GRUResetAfter/);
});

test("all that is unmatched on either side is told at once, with shapes and proposals", { skip }, async () => {
  const { code, out, err } = await tagged(tagger, ...sized, "--set", "n=5");
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /the model's V \[\d, 5\] is no tensor of the module: perhaps --map V=head\.weight/);
  assert.match(err, /the model's c \[\d\] .*perhaps --map c=head\.bias/);
  assert.match(err, /the module's head\.weight \[\d, 5\] is no parameter/);
});

test("what is wrong with a file of Python is told in a line with its place, without a trace", { skip }, async () => {
  const wrong: ReadonlyArray<readonly [file: string, told: RegExp]> = [
    [changed("x[:, t]", "x[:, t, 0]"), /theirs\.py, line 17, in forward \(`s = torch.*RuntimeError/],
    ["import torch\nclass Elman(:\n", /theirs\.py, line 2 .*SyntaxError/],
    [changed("return loss / x.shape[0]", "return x.mean((1, 2))"), /a tensor of shape \[3\], and must be one number/],
  ];
  for (const [file, told] of someOf(wrong, 0, 3)) assert.match(noTrace(await verified(file)), told);
});

test("the loss may be one of several results, and another loss in the file is none of ours", {
  skip: skipUnlessThorough,
}, async () => {
  const other = "def loss(scores, targets):\n    return scores\n";
  for (const result of ["self.V(s), loss / x.shape[0]", '{"loss": loss / x.shape[0], "scores": s}']) {
    const { code, out, err } = await verified(changed("loss / x.shape[0]", result) + other);
    assert.equal(code, 0, out + err);
  }
});

test("a file without a module, one that leaves, and one with strange arguments are refused", {
  skip: skipUnlessThorough,
}, async () => {
  assert.match(noTrace(await verified("x = 1\n")), /no class that is an nn\.Module/);
  assert.match(noTrace(await verified("import sys\nsys.exit(0)\n")), /line 2 .*SystemExit/);
  assert.match(noTrace(await verified("import os\nos._exit(7)\n")), /Python ended by itself \(exit 7\)/);
  assert.match(
    noTrace(await verified(changed("x, y, lengths", "x, why, lengths"))),
    /asks for why; what there is: x, y, T/,
  );
  assert.match(noTrace(await verified(elman, "--class", "Other")), /no module Other; it has Elman/);
  assert.match(noTrace(await verified(elman, "--arg", "depth=2")), /takes k, n, m/);
  assert.match(noTrace(await verified(changed("k, n, m)", "k, hidden, m)"))), /asks for hidden.*--arg hidden=VALUE/);
  assert.match(noTrace(await verified(elman, "--map", "X=W")), /no parameter X; it has/);
});

test("what rnnc exports to PyTorch agrees with its program", { skip: skipUnlessThorough }, async () => {
  const written = fileWith("exported.py", "");
  assert.equal((await rnnc("export", example("bidirectional"), "--to", "pytorch", "-o", written)).code, 0);
  const { code, out, err } = await rnnc("verify", example("bidirectional"), "--against", written);
  assert.equal(code, 0, out + err);
});

test("where no Python has PyTorch, this is said, and how to name one", async () => {
  const usual = process.env.PYTHON;
  process.env.PYTHON = "/nowhere/python3";
  const { code, err } = await verified(elman);
  process.env.PYTHON = usual;
  assert.equal(code, 2);
  assert.match(err, /I need a Python with PyTorch.*\/nowhere\/python3: it cannot be started \(ENOENT\).*PYTHON/);
});

test("a program that is wrong, or that has no loss, is told before any Python is started", async () => {
  const usual = process.env.PYTHON;
  process.env.PYTHON = "/nowhere/python3";
  const against = fileWith("theirs.py", elman);
  const wrong = await rnnc("verify", fileWith("m.rnn", "model M { a = b }"), "--against", against);
  const silent = await rnnc(
    "verify",
    fileWith("m.rnn", "model M { input x : R[2]\n output y = x }"),
    "--against",
    against,
  );
  process.env.PYTHON = usual;
  assert.equal(wrong.code, 1);
  assert.equal(silent.code, 2);
  assert.match(silent.err, /M has no loss/);
});
