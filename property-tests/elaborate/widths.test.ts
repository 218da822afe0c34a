import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { mustAgree } from "../../src/property/law.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "../../src/syntax/print.ts";
import { compiledProgram } from "../property/programs.ts";
import { refusal } from "../std/compiled.ts";

const stack = (widths: ReadonlyArray<number>, layer: string): string => `import LSTM, GRU, Bi from "std"
model M(k = 3, first = ${widths[0]}) {
  axis t in 1..T
  input x[t] : R[k]
  z[0,t] = x[t]
  for l in 1..${widths.length} {
    z[l,t] = ${layer}(z[l-1,t])
  }
  output y[t] = z[${widths.length},t]
  minimize sum[t](sumsq(y[t]))
}
`;

/** The same layer by layer. */
const written = (layers: ReadonlyArray<string>): string => `import LSTM, GRU, Bi from "std"
model M(k = 3) {
  axis t in 1..T
  input x[t] : R[k]
  z0[t] = x[t]
${layers.map((layer, i) => `  z${i + 1}[t] = ${layer}(z${i}[t])\n`).join("")}  output y[t] = z${layers.length}[t]
  minimize sum[t](sumsq(y[t]))
}
`;

/** Widths as users write them: listed, by a choice, by a formula; cells of several kinds; each read where it is made. */
const stacks: ReadonlyArray<readonly [widths: ReadonlyArray<number>, layer: string, layers: ReadonlyArray<string>]> = [
  [[6, 4], "LSTM([6; 4][l])", ["LSTM(6)", "LSTM(4)"]],
  [[6, 4], "LSTM([first; first - 2][l])", ["LSTM(6)", "LSTM(4)"]],
  [[5, 2], "GRU(if l == 1 then first else 2)", ["GRU(5)", "GRU(2)"]],
  [[8, 4, 2], "GRU(16 / 2^l)", ["GRU(8)", "GRU(4)", "GRU(2)"]],
  [[4, 2], "Bi(GRU, [2; 1][l])", ["Bi(GRU, 2)", "Bi(GRU, 1)"]],
  [[3, 2, 3], "[LSTM; GRU; LSTM][l]([3; 2; 3][l])", ["LSTM(3)", "GRU(2)", "LSTM(3)"]],
];

for (const [widths, layer, layers] of stacks)
  test(`layers of widths ${widths} by ${layer} are those written one by one: values, loss and gradient`, () => {
    const [family, single] = [compiledProgram(stack(widths, layer)), compiledProgram(written(layers))];
    const example = randomExample(family.model, xoroshiro128plus(1), { least: 3, greatest: 3 });
    const params = family.init(2);
    const renamed = (path: string): string => path.replace(/^z\./, "z");
    const same = Object.fromEntries(Object.entries(params).map(([path, values]) => [renamed(path), values]));
    const [one, other] = [
      family.gradient(params, family.pack([example])),
      single.gradient(same, single.pack([example])),
    ];
    mustAgree("the loss", [one.loss], [other.loss], 1e-12);
    for (const [path, values] of Object.entries(one.gradient))
      mustAgree(path, values, other.gradient[renamed(path)]!, 1e-12);
    const { y } = family.forward(params, family.pack([example]));
    assert.equal(y!.shape.at(-1), widths.at(-1));
  });

test("a part of a list is printed and read as it is written, and a blank before the bracket is a product's", () => {
  for (const written of ["[64; 32][l]", "[f; g][l](x)", "[a; b][1][2]", "[x; y] [z]", "2 [x; y][1]^2"]) {
    const source = `cell f(x) = ${written}\n`;
    const parsed = parse(source, "f.rnn");
    assert.ok(parsed._tag === "Right");
    assert.equal(print(parsed.right), source);
  }
});

test("a part that a list does not have is no size, and says so at its place", () => {
  const [problem] = refusal(stack([6, 4, 2], "LSTM([6; 4][l])"));
  assert.equal(problem!.code, "RNN108");
});
