import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Configuration } from "webpack";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");

/** The folder of someone who uses the package: it is installed there from a tarball, and nothing else of the project is. */
export const consumer = join(here, "consumer");

/** Why these tests cannot run, if they cannot: their tools have a lock file of their own. */
export const missing: string | false =
  !existsSync(join(here, "node_modules")) && "`npm ci --prefix property-tests/package` installs their tools";

/** The command with these words, where the package is installed; gives what it prints. */
export const run = (command: string, ...words: ReadonlyArray<string>): string =>
  execFileSync(command, words, {
    cwd: consumer,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** A tool that stands beside these tests. */
export const tool = (name: string): string => join(here, "node_modules", ".bin", name);

/** Builds, packs and installs the package into an empty folder, with the files of `files/`. */
export const install = (): void => {
  rmSync(consumer, { recursive: true, force: true });
  cpSync(join(here, "files"), consumer, { recursive: true });
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  // Of its own, or tools would take the checkout's, in which the package's name means its sources.
  writeFileSync(join(consumer, "tsconfig.json"), "{}");
  const packed = join(root, "build", "packed");
  mkdirSync(packed, { recursive: true });
  for (const name of readdirSync(packed)) rmSync(join(packed, name));
  execFileSync("npm", ["pack", "--pack-destination", packed], { cwd: root, stdio: "ignore" });
  const [tarball] = readdirSync(packed);
  const words = [
    "install",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    join(packed, tarball!),
    "fast-check@4",
  ];
  execFileSync("npm", words, { cwd: consumer, stdio: "ignore" });
};

/** Compiles the program that stands there, by the package as it is installed. */
export const layModules = async (): Promise<void> => {
  const { compile } = await import(pathToFileURL(join(consumer, "node_modules/rnnc/dist/index.js")).href);
  const source = readFileSync(join(consumer, "lstm.rnn"), "utf8");
  for (const target of ["js", "wasm"]) {
    const { moduleText, declarationText } = compile(source, { target, optimiser: "adam" }).right;
    writeFileSync(join(consumer, "browser", `model-${target}.js`), moduleText);
    writeFileSync(join(consumer, "browser", `model-${target}.d.ts`), declarationText);
    const threaded = compile(source, { target, optimiser: "adam", threads: 2 }).right;
    writeFileSync(join(consumer, "browser", `model-${target}-threads.js`), threaded.moduleText);
  }
};

/** Bundles with webpack what stands in the consumer's folder, for a page. */
export const bundledByWebpack = async (entry: string, output: string, more: Configuration = {}): Promise<void> => {
  const { default: webpack } = await import("webpack");
  const compiler = webpack({
    mode: "production",
    entry,
    context: consumer,
    target: ["web", "es2022"],
    experiments: { outputModule: true },
    // Its minifier starts processes, which would take after this one.
    optimization: { minimize: false },
    output: { path: output, filename: "entry.js", library: { type: "module" } },
    ...more,
  });
  const stats = await promisify(compiler!.run.bind(compiler!))();
  if (stats?.hasErrors()) throw new Error(stats.toString());
};
