import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { onLightPaper } from "../../src/cli/png.ts";
import { type Format, programViewNames } from "../../src/cli/show-options.ts";
import { views } from "../../src/cli/show-views.ts";
import { chartSvg } from "../../src/views/chart/document.ts";
import { circuitDiagram } from "../../src/views/circuit-diagram.ts";
import { diagramSvg } from "../../src/views/svg.ts";
import { exampleModel } from "../views/models.ts";
import { fileWith, newFolder, rnnc } from "./run-rnnc.ts";

const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const elman = example("elman.rnn");

/** What a text in each format begins with. */
const beginnings: { readonly [F in Exclude<Format, "png">]: RegExp } = {
  text: /^\S/,
  dot: /^digraph "/,
  svg: /^<\?xml[\s\S]*<svg /,
  latex: /^\\begin\{align\*\}/,
  rnn: /^model Elman \{/,
  json: /^\{/,
};

for (const view of programViewNames) {
  test(`rnnc show --view ${view} comes in each of its formats, and says so of any other`, async () => {
    for (const format of Object.keys(beginnings) as Array<keyof typeof beginnings>) {
      const { code, out, err } = await rnnc("show", elman, "--view", view, "--format", format);
      if (views[view].has(format)) {
        assert.equal(code, 0, err);
        assert.match(out, beginnings[format]);
      } else {
        assert.equal(code, 2);
        assert.equal(out, "");
        for (const known of views[view].keys()) assert.ok(err.includes(known), err);
      }
    }
  });
}

test("the ending of the output says in which format it is wanted", async () => {
  const folder = newFolder();
  for (const [ending, format] of [
    ["svg", "svg"],
    ["dot", "dot"],
    ["txt", "text"],
  ] as const) {
    const path = join(folder, `elman.${ending}`);
    const { code, out } = await rnnc("show", elman, "--view", "unfolded", "-o", path);
    assert.deepEqual([code, out], [0, ""]);
    assert.match(readFileSync(path, "utf8"), beginnings[format]);
  }
});

test("the adjoint of a type I network is the slide's recurrence, with V^T alone at the last step", async () => {
  const { out } = await rnnc("show", example("type-one.rnn"), "--view", "adjoint");
  assert.deepEqual(out.split("\n").slice(0, 2), [
    "∂h[T] = V^T (p[T] - onehot(y[T]))",
    "∂h[t] = W^T (∂h[t+1] * (1 - h[t+1]^2)) + V^T (p[t] - onehot(y[t]))",
  ]);
});

test("indices stand in equations and pictures as the source writes them", async () => {
  for (const view of ["equations", "circuit"]) {
    const { out } = await rnnc("show", example("attention-seq2seq.rnn"), "--view", view);
    assert.ok(out.includes("[i,j]") && !out.includes("[j,i]"), view);
  }
  const { out } = await rnnc(
    "show",
    example("attention-seq2seq.rnn"),
    "--view",
    "unfolded",
    "--length",
    "T=2",
    "--length",
    "N=1",
  );
  assert.ok(out.includes("e[1,2]") && !out.includes("e[2,1]"));
});

test("a picture is unfolded to the lengths given, to 3 where none is", async () => {
  const lines = async (...words: ReadonlyArray<string>): Promise<number> =>
    (await rnnc("show", elman, "--view", "unfolded", ...words)).out
      .split("\n")
      .filter((line) => line.startsWith("  state")).length;
  assert.equal(await lines(), 3);
  assert.equal(await lines("--length", "T=5"), 5);
});

test("one program's code is JavaScript without the rest, the module is what compile writes to be read", async () => {
  const output = join(newFolder(), "elman.js");
  await rnnc("compile", elman, "--readable", "-o", output);
  assert.equal((await rnnc("show", elman, "--view", "code", "--program", "module")).out, readFileSync(output, "utf8"));
  const { out } = await rnnc("show", elman, "--view", "code", "--program", "loss", "--target", "js");
  assert.doesNotThrow(() => new Function(`return ${out}`));
});

test("one program's code is that of the target and the precision: what stands in the module, or its text format", async () => {
  const codeOf = async (...words: ReadonlyArray<string>): Promise<string> =>
    (await rnnc("show", elman, "--view", "code", "--program", "gradient", ...words)).out;
  const moduleOf = async (precision: string): Promise<string> =>
    (await rnnc("show", elman, "--view", "code", "--program", "module", "--target", "js", "--precision", precision))
      .out;
  for (const precision of ["f32", "f64"]) {
    const code = (await codeOf("--target", "js", "--precision", precision)).trim();
    assert.ok((await moduleOf(precision)).includes(code), `JavaScript in ${precision}`);
    const text = await codeOf("--target", "wasm", "--precision", precision);
    assert.match(text, /^\(module\n/);
    assert.match(text, /\(func \(;\d+: gradient, \d+: /);
    assert.ok(text.includes(`${precision}.store`) && !text.includes(`${precision === "f32" ? "f64" : "f32"}.store`));
  }
  assert.equal(await codeOf(), await codeOf("--target", "wasm", "--precision", "f32"));
});

test("a picture in points has twice as many of them as the one in SVG has points, and the same colours on light paper", async () => {
  const [svg, png] = ["elman.svg", "elman.png"].map((name) => join(newFolder(), name));
  for (const output of [svg!, png!]) assert.equal((await rnnc("show", elman, "-o", output)).code, 0);
  const drawn = readFileSync(svg!, "utf8");
  const sizes = ["width", "height"].map((side) => Number(new RegExp(`<svg[^>]*${side}="(\\d+)pt"`).exec(drawn)![1]));
  const points = readFileSync(png!);
  assert.deepEqual([...points.subarray(1, 4)], [...Buffer.from("PNG")]);
  // A point of print is 4/3 of a screen's.
  [16, 20].forEach((at, i) => {
    assert.ok(Math.abs(points.readUInt32BE(at) - (sizes[i]! * 8) / 3) <= 2, `${points.readUInt32BE(at)}, ${sizes[i]}`);
  });
});

test("what is drawn in points has no name of a colour left, and nothing of dark paper", async () => {
  const picture = chartSvg("a", { width: 10, height: 10, body: "" });
  const light = onLightPaper(picture);
  assert.doesNotMatch(light, /var\(|@media/);
  assert.match(light, /\.chart \.paper\{fill:#ffffff\}/);
  assert.doesNotMatch(onLightPaper(await diagramSvg(circuitDiagram(exampleModel("elman.rnn")))), /@media/);
});

const wrong: ReadonlyArray<readonly [string, ReadonlyArray<string>, RegExp]> = [
  ["a view that is none", ["--view", "circus"], /circuit/],
  ["a length that is none", ["--view", "unfolded", "--length", "N=3"], /There is no length N; the lengths are T/],
  ["a length of 0", ["--view", "unfolded", "--length", "T=0"], /at least 1/],
  ["a graph that is too large", ["--view", "unfolded", "--length", "T=100000"], /too large/],
  ["an axis that is none", ["--view", "unfolded", "--at", "i=2"], /There is no axis i; the axes are t/],
  ["a given variable that is none", ["--view", "graphical", "--given", "y[1],z"], /There is no z in the picture/],
  ["a program that the model lacks", ["--view", "schedule", "--program", "module"], /it has forward, loss, gradient/],
  ["a file that cannot be written", ["-o", "/dev/null/elman.svg"], /I cannot write \/dev\/null\/elman\.svg/],
  ["points on standard output", ["--format", "png"], /-o names the file/],
  [
    "equations in points",
    ["--view", "equations", "-o", "equations.png"],
    /equations\.png: the view equations comes as \.txt, \.tex, \.rnn/,
  ],
];
for (const [what, words, says] of wrong) {
  test(`${what} is wrong usage of show: 2, and nothing is shown`, async () => {
    const { code, out, err } = await rnnc("show", elman, ...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, says);
  });
}

test("a large adjoint is drawn without the gradients by parameters, and says so, but for --inside", async () => {
  const large = fileWith(
    "large.rnn",
    'import GRU from "std"\nmodel M {\naxis s in 1..S\ninput x[s] : R[2]\nd[s] = GRU(3)(x[s])\nparam v : R[3]\ny[s] ~ normal(v^T d[s], 1)\n}\n',
  );
  const gradient = /<B>∂d\.Wz<\/B>/;
  const shown = (file: string, ...words: ReadonlyArray<string>) =>
    rnnc("show", file, "--view", "adjoint", "--format", "dot", ...words);
  const [short, full, small] = [await shown(large), await shown(large, "--inside"), await shown(elman)];
  assert.deepEqual([short.code, full.code, small.code], [0, 0, 0]);
  assert.equal(short.err, "The gradients by parameters are left out, which nothing reads; --inside draws them.\n");
  assert.doesNotMatch(short.out, gradient);
  assert.deepEqual([full.err, small.err], ["", ""]);
  assert.match(full.out, gradient);
  assert.match(small.out, /<B>∂W<\/B>/);
});

test("what a model lacks cannot be shown: an adjoint without a loss, a graphical model without random variables", async () => {
  for (const [view, says] of [
    ["adjoint", /no loss/],
    ["graphical", /no random variable/],
  ] as const) {
    const { code, out, err } = await rnnc("show", example("autonomous.rnn"), "--view", view);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, says);
  }
});

test("a program with errors is not shown", async () => {
  const { code, out } = await rnnc("show", fileWith("m.rnn", "model M { output p = q }"));
  assert.deepEqual([code, out], [1, ""]);
});

test("the examples whose pictures the documents draw are there", () => {
  const readme = readFileSync(new URL("../../docs/command-line.md", import.meta.url), "utf8");
  const shown = [...readme.matchAll(/rnnc show (\S+\.rnn)/g)].map(([, path]) => path!);
  assert.ok(shown.length > 0);
  for (const path of shown) assert.ok(existsSync(new URL(`../../${path}`, import.meta.url)), path);
});
