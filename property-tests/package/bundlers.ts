import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { bundledByWebpack, consumer, missing, run, tool } from "./consumer.ts";

const entry = join(consumer, "bundled", "entry.js");
const output = join(consumer, "bundled", "out");

/** What the entry prints without a bundler. */
const expected = (): string => run(process.execPath, entry);

const bundlers: Readonly<Record<string, () => Promise<unknown>>> = {
  esbuild: () =>
    build({
      entryPoints: { entry },
      bundle: true,
      format: "esm",
      platform: "browser",
      outdir: output,
      logLevel: "error",
    }),
  Vite: async () => {
    const { build: viteBuild } = await import("vite");
    return viteBuild({
      root: join(consumer, "bundled"),
      logLevel: "error",
      configFile: false,
      build: { outDir: output, lib: { entry, formats: ["es"], fileName: () => "entry.js" }, minify: true },
    });
  },
  Rollup: async () => {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const { default: commonjs } = (await import("@rollup/plugin-commonjs")) as unknown as {
      readonly default: () => import("rollup").Plugin;
    };
    const bundle = await rollup({
      input: entry,
      plugins: [nodeResolve({ browser: true }), commonjs()],
      logLevel: "silent",
    });
    await bundle.write({ dir: output, format: "es", entryFileNames: "entry.js" });
    return bundle.close();
  },
  webpack: () => bundledByWebpack(entry, output),
};

for (const [name, bundled] of Object.entries(bundlers))
  test(`${name} bundles the compiler and a compiled module for a page, which give what they give in Node`, {
    skip: missing,
  }, async () => {
    rmSync(output, { recursive: true, force: true });
    await bundled();
    // What it wrote needs nothing of Node and no file beside it.
    writeFileSync(join(output, "package.json"), '{ "type": "module" }');
    assert.equal(run(process.execPath, join(output, "entry.js")), expected());
  });

test("vitest runs the laws of a model, and imports a compiled module", { skip: missing }, () => {
  writeFileSync(join(consumer, "vitest.config.js"), 'export default { test: { include: ["bundled/*.test.ts"] } };\n');
  assert.match(run(tool("vitest"), "run"), /Tests\s+\d+ passed/);
});
