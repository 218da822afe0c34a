// Plain Node, no loader: compile a program, train it a little, and lay down its module.
import { readFileSync, writeFileSync } from "node:fs";
import { checkGradient, compile, report } from "rnnc";
import { lawsOf } from "rnnc/property";

const source = readFileSync(new URL("./lstm.rnn", import.meta.url), "utf8");
const wrong = compile("model M {\n  output a = b\n}\n");
if (wrong._tag !== "Left") throw new Error("a wrong program compiles");
const said = wrong.left.map(report(() => "model M {\n  output a = b\n}\n", false)).join("\n");
const compiled = compile(source, { precision: "f64", target: "js", optimiser: "adam" });
if (compiled._tag !== "Right") throw new Error("the program does not compile");
const model = compiled.right;
writeFileSync(new URL("./compiled.js", import.meta.url), model.moduleText);
writeFileSync(new URL("./compiled.d.ts", import.meta.url), model.declarationText);
const batch = model.pack([
  {
    x: [
      [1, 2],
      [0.5, -1],
    ],
    y: [1, -1],
  },
]);
const training = model.trainer(model.init(1));
const losses = Array.from({ length: 20 }, () => training.step(batch, { rate: 0.05 }).loss);
console.log(
  JSON.stringify({
    said,
    passed: checkGradient(model, {}).passed,
    laws: lawsOf(model).length,
    losses: [losses[0], losses.at(-1)],
  }),
);
