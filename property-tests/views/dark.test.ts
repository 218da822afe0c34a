import assert from "node:assert/strict";
import { test } from "node:test";
import { circuitDiagram } from "../../src/views/circuit-diagram.ts";
import { graphicalDiagram, markGiven } from "../../src/views/graphical-model.ts";
import { diagramSvg } from "../../src/views/svg.ts";
import { someOf } from "../often.ts";
import { exampleModel, exampleNames, lengthsOf, unfolded } from "./models.ts";

/** The colours of a picture, and those that it has for dark paper. */
const coloursOf = (svg: string): readonly [light: ReadonlySet<string>, dark: ReadonlySet<string>] => {
  const [, style = "", picture = ""] = /<style>(.*?)<\/style>([\s\S]*)/.exec(svg) ?? [];
  const named = (text: string): ReadonlySet<string> =>
    new Set([...text.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour!));
  assert.match(style, /^@media \(prefers-color-scheme:dark\)\{.*\}$/);
  return [named(picture), named(style)];
};

test("every colour of a picture has another one on dark paper", async () => {
  for (const name of someOf(exampleNames, 1, 6)) {
    const model = exampleModel(name);
    const drawn = [circuitDiagram(model), unfolded(model, 2), unfolded(model, 2, { inUnits: true })];
    if (model.randoms.length > 0)
      drawn.push(markGiven(graphicalDiagram(model, { lengths: lengthsOf(model, 2), states: true }), []));
    for (const diagram of drawn) {
      const [light, dark] = coloursOf(await diagramSvg(diagram));
      for (const colour of light)
        assert.ok(dark.has(colour) || colour === "none" || colour === "transparent", `${name}: ${colour}`);
    }
  }
});
