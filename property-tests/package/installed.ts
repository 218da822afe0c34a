import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { consumer, missing, run, tool } from "./consumer.ts";

test("the package holds what runs and its types, and nothing else of the project", { skip: missing }, () => {
  const files = readdirSync(join(consumer, "node_modules", "rnnc"), { recursive: true, encoding: "utf8" });
  const strange = files.filter(
    (name) =>
      !/^(dist(\/.*)?|docs(\/[\w-]+\.md|\/pictures(\/[\w-]+\.(svg|png))?)?|examples(\/ERRORS\.md)?|package\.json|README\.md|LICENSE)$/.test(
        name,
      ),
  );
  assert.deepEqual(strange, []);
  assert.ok(!files.some((name) => (/\.ts$/.test(name) && !/\.d\.ts$/.test(name)) || /\.cache$/.test(name)));
});

test("it has no scripts that npm would run or warn of where it is installed", { skip: missing }, () => {
  const folder = join(consumer, "node_modules", "rnnc");
  const { scripts, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(scripts[name], undefined, name);
  const own = JSON.parse(readFileSync(join(consumer, "../../../package.json"), "utf8"));
  assert.equal(own.version, version);
  assert.ok(own.scripts.prepare !== undefined, "packing leaves the checkout's own as it was");
});

test("what its documents link to is in the package", { skip: missing }, () => {
  const folder = join(consumer, "node_modules", "rnnc");
  const documents = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  const links = documents.flatMap((name) =>
    // Code may look like a link.
    [
      ...readFileSync(join(folder, name), "utf8")
        .replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, "")
        .matchAll(/\]\(([^)\s]+)\)/g),
    ]
      .map(([, target]) => target!)
      .filter((target) => !/^(#|[a-z]+:)/.test(target))
      .map((target) => join(folder, dirname(name), target.replace(/#.*$/, ""))),
  );
  assert.ok(links.length > 5);
  assert.deepEqual(
    links.filter((file) => !existsSync(file)),
    [],
  );
});

test("plain Node imports it: it compiles, trains, checks gradients and says what is wrong", { skip: missing }, () => {
  const { said, passed, laws, losses } = JSON.parse(run(process.execPath, "plain.js"));
  assert.match(said, /RNN101/);
  assert.equal(passed, true);
  assert.ok(laws > 4);
  assert.ok(losses[1] < losses[0]);
});

test("CommonJS requires it, or is told what to do", { skip: missing }, () => {
  assert.equal(run(process.execPath, "required.cjs").trim(), "Right");
});

for (const [module, resolution] of [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
] as const)
  test(`TypeScript takes its types, strictly, libraries too (${resolution})`, { skip: missing }, () => {
    run(process.execPath, "plain.js");
    const compilerOptions = {
      ...{ module, moduleResolution: resolution, target: "es2022", lib: ["es2023"], types: [] },
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true },
    };
    writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["types/use.ts"] }));
    const typescript = join(consumer, "../../../node_modules/typescript/bin/tsc");
    try {
      run(process.execPath, typescript, "-p", "tsconfig.json");
    } catch (error) {
      assert.fail(String((error as { readonly stdout?: string }).stdout));
    }
  });

for (const [module, resolution] of [
  ["nodenext", "nodenext"],
  ["commonjs", "bundler"],
] as const)
  test(`TypeScript that requires it takes its types, strictly, fast-check's among them, and they hold (${module})`, {
    skip: missing,
  }, () => {
    const compilerOptions = {
      ...{ module, moduleResolution: resolution, target: "es2022", lib: ["es2023", "dom"], types: [] },
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
      ...{ rootDir: "types", outDir: "required" },
    };
    writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["types/required.cts"] }));
    try {
      run(process.execPath, join(consumer, "../../../node_modules/typescript/bin/tsc"), "-p", "tsconfig.json");
    } catch (error) {
      assert.fail(String((error as { readonly stdout?: string }).stdout));
    }
    assert.equal(run(process.execPath, "required/required.cjs").trim(), "held");
  });

test("the command works where the package is installed", { skip: missing }, () => {
  assert.match(run("npx", "rnnc", "check", "lstm.rnn"), /v\s+.*R\[4\]/);
  run("npx", "rnnc", "compile", "lstm.rnn", "-o", "out.js");
  // Once and again: the second time from what the engine kept.
  for (const name of ["first.svg", "second.svg"]) run("npx", "rnnc", "show", "lstm.rnn", "-o", name);
  assert.equal(readFileSync(join(consumer, "second.svg"), "utf8"), readFileSync(join(consumer, "first.svg"), "utf8"));
  assert.match(run(process.execPath, "-e", 'import("./out.js").then((m) => console.log(Object.keys(m).length))'), /\d/);
});

test("publint and are-the-types-wrong find nothing", { skip: missing }, () => {
  const folder = join(consumer, "node_modules", "rnnc");
  assert.match(run(tool("publint"), folder, "--strict"), /All good/);
  const [tarball] = readdirSync(join(consumer, "../../../build/packed"));
  const packed = join(consumer, "../../../build/packed", tarball!);
  // It fails where it finds something.
  run(tool("attw"), packed, "--profile", "esm-only");
});
