import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as E from "fp-ts/lib/Either.js";
import katex from "katex";
import type { Model } from "../src/circuit/model.ts";
import { compile } from "../src/compile.ts";
import { adjointDiagram } from "../src/views/adjoint-diagram.ts";
import { circuitDiagram, foldedCircuit, isLarge } from "../src/views/circuit-diagram.ts";
import type { Diagram } from "../src/views/diagram/diagram.ts";
import { unfoldedSize } from "../src/views/diagram/unfolded-size.ts";
import type { Orders } from "../src/views/model-equations.ts";
import { equationsOf } from "../src/views/printed.ts";
import { adjointProgram } from "../src/views/program-text.ts";
import { sourceOrders } from "../src/views/source-orders.ts";
import { stepsOf } from "../src/views/step/build-step.ts";
import { stepsSvg } from "../src/views/step/draw.ts";
import { diagramSvg } from "../src/views/svg.ts";
import { unfoldedDiagram } from "../src/views/unfolded-diagram.ts";

/** `npm run sheet`: every picture of every example, and its equations, on one page to be looked at. Git ignores it. */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs", "generated", "sheet");

/** Sizes that a program leaves open. */
const sizes: Readonly<Record<string, Readonly<Record<string, number>>>> = { "char-lm": { V: 5, n: 4, d: 3 } };

type Drawing = (model: Model, orders: Orders) => Diagram | undefined;

const unfolded =
  (fed: "drawn" | "both"): Drawing =>
  (model, orders) => {
    const lengths = Object.fromEntries(
      model.axes.flatMap(({ extent }) => (extent.tag === "length" ? [[extent.name, 3]] : [])),
    );
    if (unfoldedSize(model.circuit, lengths) > 50_000 || (fed === "both" && model.randoms.length === 0))
      return undefined;
    return unfoldedDiagram(model, { lengths, insideCells: false, inUnits: false, fed, orders });
  };

const drawings: Readonly<Record<string, Drawing>> = {
  circuit: (model, orders) => {
    const whole = circuitDiagram(model, { orders });
    return isLarge(whole) ? foldedCircuit(model, { orders }) : whole;
  },
  inside: (model, orders) => {
    const whole = circuitDiagram(model, { orders });
    return isLarge(whole) ? whole : undefined;
  },
  unfolded: unfolded("drawn"),
  pair: unfolded("both"),
  adjoint: (model, orders) => {
    const { text, unwritable, titles } = adjointProgram(model, orders);
    const compiled = compile(text, { names: true });
    return unwritable.length > 0 || E.isLeft(compiled) ? undefined : adjointDiagram(compiled.right.elaborated, titles);
  },
};

const sectionOf = async (file: string): Promise<string> => {
  const name = file.replace(/\.rnn$/, "");
  const source = readFileSync(join(root, "examples", file), "utf8");
  const compiled = compile(source, { statics: sizes[name] ?? {}, names: true });
  if (E.isLeft(compiled)) return "";
  const model = compiled.right.elaborated;
  const orders = sourceOrders(source, file, model.name);
  const images: string[] = [];
  for (const [kind, draw] of Object.entries(drawings)) {
    const diagram =
      model.circuit.outputs.some(({ role }) => role === "loss") || kind !== "adjoint" ? draw(model, orders) : undefined;
    if (diagram !== undefined) images.push(figure(name, kind, await diagramSvg(diagram)));
  }
  const steps = stepsOf(model, orders);
  if (steps.length > 0) images.push(figure(name, "step", stepsSvg(name, steps)));
  const equations = katex.renderToString(equationsOf(model, "latex", { orders }), {
    displayMode: true,
    output: "mathml",
  });
  return `<section><h2>${name}</h2>${equations}${images.join("")}</section>`;
};

const figure = (name: string, kind: string, svg: string): string => {
  writeFileSync(join(folder, `${name}.${kind}.svg`), svg);
  return `<figure><img loading="lazy" src="${name}.${kind}.svg" alt=""><figcaption>${kind}</figcaption></figure>`;
};

mkdirSync(folder, { recursive: true });
const sections: string[] = [];
for (const file of readdirSync(join(root, "examples")).filter((name) => name.endsWith(".rnn")))
  sections.push(await sectionOf(file));
const page = join(folder, "index.html");
writeFileSync(
  page,
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every picture of every example</title>
<style>
:root{color-scheme:light dark}
body{font-family:system-ui,sans-serif;margin:20px}
figure{display:inline-block;margin:8px;vertical-align:top;max-width:100%}
img{max-width:100%;border:1px solid #8884}
figcaption{color:#888}
</style>
${sections.join("\n")}
</html>
`,
);
process.stdout.write(`Wrote ${page}.\n`);
