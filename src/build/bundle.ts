import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
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
  external: ["esbuild", "@viz-js/viz"],
  define: { "import.meta.url": "ownUrl" },
  // What the engine kept knows nothing of modules: what is imported late is required.
  supported: { "dynamic-import": false },
  banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
  minify: true,
};

export const bundle = async (): Promise<void> => {
  mkdirSync(`${root}dist`, { recursive: true });
  for (const name of readdirSync(`${root}dist`))
    if (/\.(c?js(\.map)?|cache)$/.test(name)) rmSync(`${root}dist/${name}`);
  await build(library);
  await build(commandLine);
  copyFileSync(`${root}src/build/launcher.js`, `${root}dist/rnnc.js`);
  chmodSync(`${root}dist/rnnc.js`, 0o755);
};
