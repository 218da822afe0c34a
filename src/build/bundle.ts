import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** The JavaScript of the package: its entry points, and the command line with all that it needs to start. */
const root = fileURLToPath(new URL("../../", import.meta.url));

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  target: "es2022",
  sourcemap: true,
  outdir: "dist",
  logLevel: "warning",
};

/** What the package exports; packages that it depends on stay imports. `hooks` is what `register` has Node load. */
const library: BuildOptions = {
  ...common,
  entryPoints: {
    index: "src/index.ts",
    property: "src/property/index.ts",
    train: "src/train/index.ts",
    native: "src/native/index.ts",
    unplugin: "src/plugin/unplugin.ts",
    register: "src/plugin/register.ts",
    hooks: "src/plugin/hooks.ts",
  },
  platform: "neutral",
  packages: "external",
  splitting: true,
  chunkNames: "shared-[hash]",
};

/**
 * One file, which the launcher has the engine keep: what is loaded at once is read at once. What only some commands need is
 * imported when they do.
 */
const commandLine: BuildOptions = {
  ...common,
  format: "cjs",
  entryPoints: { main: "src/cli/main.ts" },
  outExtension: { ".js": ".cjs" },
  platform: "node",
  external: ["esbuild", "@viz-js/viz", "@resvg/resvg-js", "koffi"],
  // The same library as modules, of which only what is used is taken.
  // What commander would start the programs of other commands by takes long to load, and there are none.
  alias: { "fp-ts/lib": "fp-ts/es6", "io-ts": "io-ts/es6", "node:child_process": "./src/build/no-processes.ts" },
  define: { "import.meta.url": "ownUrl" },
  // What the engine kept knows nothing of modules: what is imported late is required.
  supported: { "dynamic-import": false },
  // An expression, so that the launcher need not put it together: a function of what a module of CommonJS has.
  banner: { js: '(function (require, __filename) {const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
  footer: { js: "})" },
  minify: true,
};

/** Read a byte a character, which is quicker: esbuild leaves other characters in regular expressions alone. */
const plainAscii = (file: string): void => {
  const escaped = readFileSync(file, "utf8").replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  writeFileSync(file, escaped, "latin1");
};

export const bundle = async (): Promise<void> => {
  mkdirSync(`${root}dist`, { recursive: true });
  for (const name of readdirSync(`${root}dist`))
    if (/\.(c?js(\.map)?|cache)$/.test(name)) rmSync(`${root}dist/${name}`);
  await build(library);
  await build(commandLine);
  plainAscii(`${root}dist/main.cjs`);
  // Requires the same module, so that there is one of it: for types of its own a form of its own must be there.
  writeFileSync(`${root}dist/property.cjs`, 'module.exports = require("./property.js");\n');
  // Read by `rnnc init` beside the bundle, as beside the source: no other command has to read them.
  rmSync(`${root}dist/templates`, { recursive: true, force: true });
  cpSync(`${root}src/cli/templates`, `${root}dist/templates`, { recursive: true });
  copyFileSync(`${root}src/build/launcher.cjs`, `${root}dist/rnnc.cjs`);
  chmodSync(`${root}dist/rnnc.cjs`, 0o755);
};
