import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import { standardLibrary } from "../../src/std/library.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { modelOf, sizesOf } from "./cells.ts";
import { compiled, paramsOf } from "./compiled.ts";

const folder = new URL("../../src/std/", import.meta.url);
const sources = readdirSync(folder)
  .filter((file) => file.endsWith(".rnn"))
  .map((file) => readFileSync(new URL(file, folder), "utf8"));
const withoutComments = (text: string): string => text.replaceAll(/\/\/.*/g, "");

test("every activation of a standard cell is an argument of it", () => {
  for (const source of sources) {
    const [found] = withoutComments(source).match(/\b(sigmoid|tanh|relu)\(/) ?? [];
    assert.equal(found, undefined);
  }
});

/** Activations that no cell has for its own. */
const functions =
  "cell hard(x) = max(0, min(1, 0.2 * x + 0.5))\ncell slow(x) = x / (1 + abs(x))\ncell steep(x) = exp(x / 2)\n";
const others: Readonly<Record<string, string>> = { gate: "hard", f: "slow", step: "steep" };

/** The standard cells as a program's own, with those activations in one of them. */
const own = (cell: string): string =>
  withoutComments(sources.join("\n")).replace(new RegExp(`^cell ${cell}\\(.*$`, "m"), (head) =>
    head.replaceAll(/\b(gate|f|step) = \w+/g, (_, name: string) => `${name} = ${others[name]}`),
  );

const activationsOf = (cell: string): ReadonlyArray<string> => {
  const definition = standardLibrary().definitions.find(({ name }) => name.text === cell)!;
  if (definition.tag === "function") return [];
  return definition.statics.flatMap(({ name }) => (others[name.text] === undefined ? [] : [name.text]));
};

const withActivations = standardLibrary()
  .definitions.map(({ name }) => name.text)
  .filter((cell) => activationsOf(cell).length > 0);

for (const cell of someOf(withActivations)) {
  const names = activationsOf(cell);
  test(`${cell} with other activations is the cell in which these are written: values, loss and gradient`, () => {
    const model = modelOf(cell).replace(`${cell}(n, sin)`, `${cell}(n)`);
    const given = model.replace(
      new RegExp(`\\b${cell}\\(([^()]+)\\)`),
      (_, statics: string) => `${cell}(${statics}, ${names.map((each) => `${each} = ${others[each]}`).join(", ")})`,
    );
    assert.notEqual(given, model);
    const [imported, rest] = [given.split("\n")[0]!, given.split("\n").slice(1).join("\n")];
    const statics = sizesOf(cell, { n: 3, k: 2 });
    const one = compiled(`${imported}\n${functions}${rest}`, { statics });
    const other = compiled(`${functions}${own(cell)}${model.split("\n").slice(1).join("\n")}`, {
      statics,
      model: "Around",
    });
    const usual = compiled(model, { statics });
    const params = paramsOf(one.model, 5);
    const example = randomExample(one.model, xoroshiro128plus(3), { least: 3, greatest: 4 });
    const results = [one, other, usual].map((each) => each.gradient(params, each.pack([example])));
    mustAgree("the loss", [results[0]!.loss], [results[1]!.loss], 1e-12);
    for (const [path, values] of Object.entries(results[0]!.gradient))
      mustAgree(path, values, results[1]!.gradient[path]!, 1e-12);
    assert.notEqual(results[0]!.loss, results[2]!.loss);
  });
}

for (const target of targetNames)
  test(`an LSTM with hard gates gives what its equations do, number by number: ${target}`, () => {
    const model = compiledProgram(
      `import LSTM from "std"\n${functions}model M {
        axis t in 1..T
        input x[t] : R[1]
        output h[t] = LSTM(1, gate = hard)(x[t])
      }`,
      { target },
    );
    const value = {
      Wf: 0.5,
      Wi: -1,
      Wo: 2,
      Wc: 1,
      Uf: 1,
      Ui: 0.5,
      Uo: -0.5,
      Uc: 0.25,
      bf: 0.1,
      bi: 0,
      bo: -0.2,
      bc: 0.3,
    };
    const params = Object.fromEntries(Object.entries(value).map(([path, x]) => [`h.${path}`, Float64Array.of(x)]));
    const hard = (x: number): number => Math.max(0, Math.min(1, 0.2 * x + 0.5));
    const x = [1, -3, 0.5];
    let [h, c] = [0, 0];
    const expected = x.map((at) => {
      const of = (w: number, u: number, b: number): number => w * at + u * h + b;
      const [keep, i, o] = [
        hard(of(value.Wf, value.Uf, value.bf)),
        hard(of(value.Wi, value.Ui, value.bi)),
        hard(of(value.Wo, value.Uo, value.bo)),
      ];
      c = keep * c + i * Math.tanh(of(value.Wc, value.Uc, value.bc));
      h = o * Math.tanh(c);
      return h;
    });
    const found = model.forward(params, model.pack([{ x: x.map((at) => [at]) }]));
    mustAgree("h", found.h!.data, expected, 1e-12);
  });
