import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { pageFolder } from "./page-folder.ts";
import { startersFrom } from "./starters.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The one place of the compiler that evaluates text does so by a script of its own in the page. */
const importedScripts: Plugin = {
  name: "imported scripts",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/src\/module\/instantiate\.ts$/ }, () => ({
      contents: 'export { instantiate } from "../../playground/src/worker/instantiate.ts";',
      loader: "ts",
    })),
};

/** What this page never asks of the compiler: code in C, modules in C, and threads. */
const unused: ReadonlyArray<readonly [file: RegExp, contents: string]> = [
  [/\/src\/emit\/c\/back-end\.ts$/, "export const cBackEnd = { optimisations: [], isFirstChoice: () => false };"],
  [/\/src\/module\/c\/text\.ts$/, 'export const cText = () => { throw new Error("no C in pages"); };'],
  [/\/src\/module\/c\/programs\.ts$/, "export const cPrograms = () => ({});"],
  [/\/src\/runtime\/generated\/threads\.ts$/, 'export const threadsText = "";'],
];

const withoutUnused: Plugin = {
  name: "without what is unused",
  setup: ({ onLoad }) => {
    for (const [filter, contents] of unused) onLoad({ filter }, () => ({ contents, loader: "js" }));
  },
};

const bundled: BuildOptions = {
  absWorkingDir: root,
  outdir: pageFolder,
  bundle: true,
  minify: true,
  legalComments: "none",
  logLevel: "warning",
};

const script: BuildOptions = { ...bundled, format: "iife", target: "es2022", platform: "browser" };

/**
 * One classic script, since a page from a file has no modules. It is a function with a name, so that it can give its own text
 * to the workers that it starts.
 */
export const bundlePage = async (): Promise<void> => {
  rmSync(pageFolder, { recursive: true, force: true });
  mkdirSync(pageFolder, { recursive: true });
  await build({
    ...script,
    entryPoints: { playground: "playground/src/main.ts" },
    alias: { "fp-ts/lib": "fp-ts/es6", "io-ts": "io-ts/es6" },
    plugins: [importedScripts, withoutUnused],
    define: { rnncStarters: JSON.stringify(startersFrom(new URL(`file://${root}`))) },
    banner: { js: "(function rnncPlayground() {" },
    footer: { js: "})();" },
  });
  // Loaded when a picture is first wanted: it is as large again.
  await build({
    ...script,
    entryPoints: { graphviz: "playground/src/graphviz.ts" },
    banner: { js: "globalThis.rnncGraphviz = function () {" },
    footer: { js: "};" },
  });
  await build({ ...bundled, entryPoints: { playground: "playground/style.css" } });
  copyFileSync(`${root}playground/index.html`, `${pageFolder}index.html`);
  // Browsers show a text, and by its first character know how it is encoded.
  writeFileSync(`${pageFolder}language.txt`, `\uFEFF${readFileSync(`${root}docs/language.md`, "utf8")}`);
};
