import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * Runs every property test, and those of examples/ that show how users test their own models; or, with folders as
 * arguments, those of these folders. An empty list is a failure, which node's own runner would let pass. What is tried with
 * the package as it is installed has tools of its own, and is run by name. `--thorough` tries as many cases as are usual,
 * and without folders takes those where that is more than `npm test` tries.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { thorough: { type: "boolean" } } });
const root = fileURLToPath(new URL("..", import.meta.url));

/** The folders and files whose properties try fewer cases in `npm test` (`often.ts`). */
const oftener = [
  "programs",
  "machines",
  "circuit",
  "elaborate",
  "wasm",
  "schedule",
  "loops",
  "property",
  "meaning",
  "std",
  "syntax",
  "data",
  "train",
  "emit/examples",
  "emit/examples-stream",
  "emit/beam",
  "emit/exports",
  "emit/packed-once",
  "transform/blocks",
  "transform/stable-forms",
  "views",
  "threads",
  "cli/templates",
  "diagnostics/robustness",
  "decks",
  "examples/tasks",
  "native",
  "torch/export",
  "torch/export-names",
  "torch/export-run",
  "torch/export-trainer",
  "torch/trainer-mistakes",
  "torch/objectives",
  "torch/verify",
  "torch/verify-laws",
  "torch/verify-batch",
  "torch/verify-experiments",
  "torch/verify-hostile",
  "torch/verify-lengths",
  "torch/packs",
  "transform/unnormalised-draws",
  "transform/joined-products",
  "transform/split-products",
  "oracles",
  "names",
  "weights",
  "flow",
  "border",
  "streams",
  "cases",
  "check",
  "bench/objectives",
  "cli/from-tensorflow-js",
  "onnx",
];
const wanted = positionals.length > 0 ? positionals : values.thorough ? oftener : undefined;

const isWanted = (path: string): boolean =>
  wanted === undefined
    ? !path.startsWith("property-tests/package/")
    : wanted.some((part) => path.startsWith(`property-tests/${part}/`) || path === `property-tests/${part}.test.ts`);
const tests = ["property-tests", "examples"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !/\b(node_modules|consumer|files)\b/.test(path))
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .filter(isWanted)
    .sort(),
);

if (tests.length === 0) {
  console.error("There are no tests in property-tests/ and examples/.");
  process.exit(1);
}

/** What measures a heap, or takes long, has a process of its own; other files share one by folder. */
const isAlone = (path: string): boolean => /\/(programs|package)\/|memory|every-function/.test(path);

const byFolder = new Map<string, string[]>();
for (const path of tests) {
  const key = isAlone(path) ? path : dirname(path);
  byFolder.set(key, [...(byFolder.get(key) ?? []), path]);
}

/** To read and compile the sources costs each process a second or two: what is in small folders shares some, too. */
const enough = 10;
const isSmall = (paths: ReadonlyArray<string>): boolean => !isAlone(paths[0]!) && paths.length < enough / 2;
const small = [...byFolder.values()].filter(isSmall).flat();
const groups = [
  ...[...byFolder].filter(([, paths]) => !isSmall(paths)),
  ...Array.from({ length: Math.ceil(small.length / enough) }, (_, i) => {
    const paths = small.slice(i * enough, (i + 1) * enough);
    return [`small-folders-${i + 1}`, paths] as const;
  }),
];

/** A file for each group, which holds nothing but imports of its tests. */
const folder = join(root, "build", "tests");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const files = groups.map(([key, paths]) => {
  const [only] = paths;
  if (paths.length === 1) return only!;
  const file = join(folder, `${key.replaceAll("/", "-")}.test.ts`);
  const imports = paths.map((path) => `import ${JSON.stringify(relative(folder, join(root, path)))};\n`);
  writeFileSync(file, imports.join(""));
  return file;
});

/** A file of tests, or one that imports others for their tests and stands for these. */
const filesOfTests = (path: string): ReadonlyArray<string> => {
  const imported = [...readFileSync(path, "utf8").matchAll(/^(?:await )?import\(?"(\.[^"]+)"\)?;$/gm)].map(
    ([, name]) => name!,
  );
  const inside = imported.flatMap((name) => filesOfTests(join(dirname(path), name)));
  return inside.length > 0 || !readFileSync(path, "utf8").includes('from "node:test"') ? inside : [path];
};
const count = tests.reduce((sum, path) => sum + filesOfTests(join(root, path)).length, 0);

const { status, signal } = spawnSync(
  process.execPath,
  [
    ...["--import", "./property-tests/sources.js", "--import", "./property-tests/seed.ts"],
    ...[
      "--max-semi-space-size=64",
      "--test",
      "--test-concurrency=2",
      "--test-reporter=./property-tests/reporter.js",
      ...files,
    ],
  ],
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      RNNC_TEST_FILES: String(count),
      ...(values.thorough ? { RNNC_THOROUGH: "1" } : {}),
    },
  },
);
if (signal !== null) console.error(`The tests were ended by ${signal}.`);
process.exit(status ?? 1);
