import { readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The folders and single files of `src`, each above all that it may import, and what each is. */
export const layers: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, "docs/layers.json"), "utf8"),
);

/** By layer, those that its files import, types included. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

const layerOf = (path: string): string => path.split(/[/\\]/)[0]!.replace(/\.ts$/, "");

const importsOf = (): Imports => {
  const found = new Map<string, Set<string>>();
  for (const path of readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts") || path.includes("generated")) continue;
    const text = readFileSync(join(root, "src", path), "utf8");
    const from = layerOf(path);
    for (const [, imported] of text.matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)) {
      const to = layerOf(normalize(join(path, "..", imported!)));
      if (to !== from && to in layers) found.set(from, (found.get(from) ?? new Set()).add(to));
    }
  }
  return found;
};

/** Without the arrows that a longer way says as well: everything else could not be read. */
const reduced = (imports: Imports): Imports => {
  const below = (layer: string): ReadonlySet<string> =>
    new Set([...(imports.get(layer) ?? [])].flatMap((next) => [next, ...below(next)]));
  return new Map(
    [...imports].map(([layer, next]) => [
      layer,
      new Set([...next].filter((to) => ![...next].some((other) => other !== to && below(other).has(to)))),
    ]),
  );
};

/** The layers and which stands on which, in the language of Graphviz. */
export const layersDot = (): string => {
  const arrows = reduced(importsOf());
  const boxes = Object.entries(layers).map(([name, does]) => `  ${name} [label=<<b>${name}</b><br/>${does}>]`);
  const lines = Object.keys(layers).flatMap((from) =>
    [...(arrows.get(from) ?? [])].sort().map((to) => `  ${from} -> ${to}`),
  );
  return [
    'digraph "layers" {',
    "  graph [nodesep=0.2, ranksep=0.35]",
    '  node [shape=box, style=rounded, fontname="Verdana", fontsize=10, height=0.4]',
    "  edge [arrowsize=0.6, color=gray40]",
    ...boxes,
    ...lines,
    "}",
    "",
  ].join("\n");
};
