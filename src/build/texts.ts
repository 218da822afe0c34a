import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { runtimeFiles } from "../runtime/files.ts";
import type { bundledScript } from "./bundled-script.ts";
import type { declarationsOf, plainScript } from "./plain-script.ts";

/** What reads code. */
interface Scripts {
  readonly plainScript: typeof plainScript;
  readonly declarationsOf: typeof declarationsOf;
  readonly bundledScript: typeof bundledScript;
}

/**
 * A module of nothing but text: what compiled modules carry, and the standard cells. Made from files, so that the compiler
 * reads none and runs where there are none, as in a page.
 */
export interface TextModule {
  /** From the folder of the project. */
  readonly path: string;
  /** The files that it is made from. */
  readonly sources: ReadonlyArray<string>;
  readonly text: (read: (path: string) => string, scripts: Scripts) => string;
}

const constant = (name: string, comment: string, value: unknown): string =>
  `/** ${comment} */\nexport const ${name} = ${JSON.stringify(value, null, 2)};\n`;

/** What the types of every compiled module are made of. */
const sharedTypes = [
  "Precision",
  "Values",
  "Shaped",
  "Nested",
  "ModelInfo",
  "VariableInfo",
  "ExpectedInfo",
  "NoiseInfo",
  "RandomInfo",
  "ReadBack",
  "RequiredPosition",
  "LengthLimit",
  "ComputedPositionInfo",
  "DrawInfo",
  "InitialiserInfo",
  "Batch",
  "Output",
  "State",
  "GenerateOptions",
  "OneOrMany",
  "Generated",
];

const numbers = `export type Numbers = ReadonlyArray<number> | Values | Int32Array;
/** Of a target, where a value may be missing. */
export type NumbersOrNull = ReadonlyArray<number | null> | Values | Int32Array;`;

const runtime: TextModule = {
  path: "src/runtime/generated/runtime.ts",
  sources: runtimeFiles.map((name) => `src/runtime/${name}.js`),
  text: (read, { plainScript }) => {
    const whole = runtime.sources.map((path) => plainScript(read(path), path)).join("\n");
    return constant("runtimeText", "The run time of compiled modules as one script.", whole);
  },
};

/** In an order in which what is evaluated at once stands after what it uses. */
const threadFiles = ["seat", "crew", "shares", "parallel", "composed", "threaded"];

const threads: TextModule = {
  path: "src/runtime/generated/threads.ts",
  sources: threadFiles.map((name) => `src/runtime/threads/${name}.js`),
  text: (read, { plainScript }) =>
    constant(
      "threadsText",
      "What modules carry that split batches over threads.",
      threads.sources.map((path) => plainScript(read(path), path)).join("\n"),
    ),
};

/** Where files of `kernels/` stand: those that all back ends share, those of each, and those of modules in C. */
const kernelFolders = (root: URL): ReadonlyArray<string> =>
  ["src/emit/", ...readdirSync(new URL("src/emit/", root)).map((name) => `src/emit/${name}/`), "src/module/c/"].filter(
    (folder) => existsSync(new URL(`${folder}kernels/`, root)),
  );

const kernelTexts = (folder: string, sources: ReadonlyArray<string>): TextModule => ({
  path: `${folder}generated/kernels.ts`,
  sources,
  text: (read, { plainScript }) =>
    constant(
      "kernelTexts",
      "The files of `kernels/`, those of JavaScript as scripts.",
      named(sources, (path) => (path.endsWith(".js") ? plainScript(read(path), path) : read(path))),
    ),
});

const named = (paths: ReadonlyArray<string>, text: (path: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(paths.map((path) => [basename(path), text(path)]));

/** The text modules of the project in a folder. */
export const textModules = (root: URL): ReadonlyArray<TextModule> => {
  const filesIn = (folder: string, ending: string): ReadonlyArray<string> =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => folder + name);
  const cells = filesIn("src/std/", ".rnn");
  return [
    runtime,
    threads,
    ...kernelFolders(root).map((folder) =>
      kernelTexts(
        folder,
        [".js", ".h"].flatMap((ending) => filesIn(`${folder}kernels/`, ending)),
      ),
    ),
    {
      path: "src/runtime/generated/interface.ts",
      sources: ["src/runtime/interface.ts", "src/runtime/model-info.ts"],
      text: (read, { declarationsOf }) =>
        constant(
          "publicTypes",
          "The types that all modules share, and lists of numbers of any kind.",
          [
            ...declarationsOf(
              ["interface", "model-info"].map((name) => read(`src/runtime/${name}.ts`)).join("\n"),
              sharedTypes,
            ),
            numbers,
          ].join("\n\n"),
        ),
    },
    {
      path: "src/export/generated/served.ts",
      sources: [
        "src/data/served/index.ts",
        ...["src/data/", "src/data/coding/", "src/data/served/"].flatMap((folder) => filesIn(folder, ".ts")),
        ...runtime.sources,
        "src/syntax/nearest.ts",
        "src/emit/wasm/kernels/bytes.js",
      ],
      text: (_, { bundledScript }) =>
        constant(
          "servedText",
          "What serves a trained model in the terms of its data, as an ES module.",
          bundledScript("src/data/served/index.ts"),
        ),
    },
    {
      path: "src/export/generated/verify-driver.ts",
      sources: ["src/export/verify/driver.py"],
      text: (read) => constant("driverText", "What `rnnc verify` has Python run.", read("src/export/verify/driver.py")),
    },
    {
      path: "src/export/pytorch/generated/python.ts",
      sources: ["standing", "drawing", "train"].map((name) => `src/export/pytorch/${name}.py`),
      text: (read) =>
        constant("standingPython", "What stands in every exported module.", read("src/export/pytorch/standing.py")) +
        constant("drawingPython", "What stands in every one that draws.", read("src/export/pytorch/drawing.py")) +
        constant("trainerTemplate", "What trains an exported module.", read("src/export/pytorch/train.py")),
    },
    {
      path: "src/cli/generated/own.ts",
      sources: ["package.json", "examples/char-lm.rnn"],
      text: (read) =>
        constant("version", "Of the package.", JSON.parse(read("package.json")).version) +
        constant(
          "fastCheckVersion",
          "What the package asks for.",
          JSON.parse(read("package.json")).peerDependencies["fast-check"],
        ) +
        constant("demoModel", "What `rnnc demo` trains.", read("examples/char-lm.rnn")),
    },
    {
      path: "src/std/generated/cells.ts",
      sources: cells,
      text: (read) =>
        constant("standardTexts", "The standard cells, by the file that they stand in.", named(cells, read)),
    },
  ];
};

export const readText =
  (root: URL) =>
  (path: string): string =>
    readFileSync(new URL(path, root), "utf8");
