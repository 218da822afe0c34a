import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { build as esbuild } from "esbuild";
import { bundledByWebpack, consumer, missing, run } from "./consumer.ts";

const entry = join(consumer, "plugged", "entry.js");
const output = join(consumer, "plugged", "out");
const program = join(consumer, "lstm.rnn");
const types = join(consumer, "lstm.d.rnn.ts");
const options = { target: "js" } as const;

const plugin = async () =>
  (await import(pathToFileURL(join(consumer, "node_modules/rnnc/dist/unplugin.js")).href)).default;

const viteConfig = async () => ({
  root: join(consumer, "plugged"),
  logLevel: "silent" as const,
  configFile: false as const,
  plugins: [(await plugin()).vite(options)],
});

const bundlers: Readonly<Record<string, () => Promise<unknown>>> = {
  Vite: async () => {
    const { build } = await import("vite");
    const lib = { entry, formats: ["es" as const], fileName: () => "entry.js" };
    return build({ ...(await viteConfig()), build: { outDir: output, lib, minify: false, sourcemap: true } });
  },
  esbuild: async () =>
    esbuild({
      entryPoints: { entry },
      bundle: true,
      format: "esm",
      outdir: output,
      sourcemap: true,
      logLevel: "silent",
      plugins: [(await plugin()).esbuild(options)],
    }),
  Rollup: async () => {
    const { rollup } = await import("rollup");
    const bundle = await rollup({ input: entry, plugins: [(await plugin()).rollup(options)], logLevel: "silent" });
    await bundle.write({ dir: output, format: "es", entryFileNames: "entry.js", sourcemap: true });
    return bundle.close();
  },
  webpack: async () =>
    bundledByWebpack(entry, output, { devtool: "source-map", plugins: [(await plugin()).webpack(options)] }),
};

/** The lines of the program that some line of a bundle comes from. */
const linesMapped = (): ReadonlySet<number> => {
  const map = new SourceMap(JSON.parse(readFileSync(join(output, "entry.js.map"), "utf8")));
  const lines = readFileSync(join(output, "entry.js"), "utf8").split("\n");
  return new Set(
    lines.flatMap((line, i) => {
      const found: { readonly originalSource?: string; readonly originalLine?: number } = map.findEntry(
        i,
        line.length - line.trimStart().length,
      );
      const isOfProgram = /(?<!std\/)lstm\.rnn$/.test(found.originalSource ?? "");
      return isOfProgram ? [1 + found.originalLine!] : [];
    }),
  );
};

for (const [name, bundled] of Object.entries(bundlers)) {
  test(`${name} imports a program: its module, its types, and maps to its equations`, { skip: missing }, async () => {
    rmSync(output, { recursive: true, force: true });
    rmSync(types, { force: true });
    await bundled();
    writeFileSync(join(output, "package.json"), '{ "type": "module" }');
    const found = run(process.execPath, join(output, "entry.js"));
    assert.equal(found, run(process.execPath, "--import", "rnnc/register", entry));
    assert.ok(existsSync(types));
    const source = readFileSync(program, "utf8").split("\n");
    const mapped = linesMapped();
    for (const equation of ["param v", "output m[t] ="]) {
      const line = 1 + source.findIndex((text) => text.includes(equation));
      assert.ok(mapped.has(line), `no line comes from ${equation}`);
    }
  });

  test(`${name} tells what is wrong with a program, and where`, { skip: missing }, async () => {
    const right = readFileSync(program, "utf8");
    writeFileSync(program, right.replace("v^T h[t]", "u^T h[t]"));
    try {
      await assert.rejects(bundled, (error) => {
        const said = `${error}\n${JSON.stringify(error)}`;
        assert.match(said, /RNN101/);
        assert.match(said, /`u` is not defined here/);
        return true;
      });
    } finally {
      writeFileSync(program, right);
    }
  });
}

test("Vite takes a program again when it changes", { skip: missing }, async () => {
  const { createServer } = await import("vite");
  const server = await createServer({ ...(await viteConfig()), server: { middlewareMode: true }, appType: "custom" });
  const right = readFileSync(program, "utf8");
  try {
    const sizes = async (): Promise<unknown> => (await server.ssrLoadModule("../lstm.rnn")).model.params[0].shape;
    const before = await sizes();
    writeFileSync(program, right.replace("n = 4", "n = 5"));
    // When the tool hears of it is the machine's affair; what it heard of before may have been another change.
    for (let turn = 0; turn < 300 && isDeepStrictEqual(await sizes(), before); turn += 1)
      await new Promise((done) => setTimeout(done, 200));
    assert.notDeepEqual(await sizes(), before);
  } finally {
    writeFileSync(program, right);
    await server.close();
  }
});

test("TypeScript takes the types beside a program, which a command writes as a build does", {
  skip: missing,
}, async () => {
  await bundlers.esbuild!();
  const built = readFileSync(types, "utf8");
  rmSync(types);
  run("npx", "rnnc", "types", "lstm.rnn");
  assert.ok(readFileSync(types, "utf8") === built);
  const compilerOptions = {
    ...{ module: "esnext", moduleResolution: "bundler", target: "es2022", lib: ["es2023"], types: [] },
    ...{ strict: true, noUncheckedIndexedAccess: true, noEmit: true, allowArbitraryExtensions: true },
  };
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["plugged/typed.ts"] }));
  try {
    run(process.execPath, join(consumer, "../../../node_modules/typescript/bin/tsc"), "-p", "tsconfig.json");
  } catch (error) {
    assert.fail(String((error as { readonly stdout?: string }).stdout));
  }
});

test("plain Node is told of a wrong program by its excerpt", { skip: missing }, () => {
  writeFileSync(join(consumer, "wrong.rnn"), "model M {\n  output a = b\n}\n");
  assert.throws(
    () => run(process.execPath, "--import", "rnnc/register", "-e", 'import("./wrong.rnn")'),
    (error: { readonly stderr: string }) => /RNN101/.test(error.stderr) && /wrong\.rnn:2:14/.test(error.stderr),
  );
});
