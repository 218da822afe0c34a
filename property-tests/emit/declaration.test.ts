import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { compiledProgram } from "../property/programs.ts";
import { compiledElman } from "./elman.ts";

const use = `import { init, pack, gradient, forward, model } from "./elman.js";
const params = init(1);
const batch = pack([{ x: [[1, 2], new Float32Array(2)] }, { x: { shape: [1, 2], data: new Float64Array(2) }, T: 1 }]);
const data: Float64Array | Float32Array = forward(params, batch).h.data;
const found: Float64Array = gradient({ ...params, W: new Float64Array(4) }, batch).gradient.W;
export const all = [data, found, model.params.length];
`;

test("the declarations type-check on their own, and accept the right use", () => {
  assert.deepEqual(errorsOf(use), []);
});

/** What the comment of a function shows, as a program. */
const exampleOf = (declarations: string): string => {
  const lines = declarations.split("export declare const gradient")[0]!.split("/**").at(-1)!.split("@example")[1]!;
  return lines.replaceAll(/^ \*\/?/gm, "");
};

const learned = `model M {
  input x : R
  param w, v : R
  minimize (w * x - v)^2
}`;

test("what the declarations show of a gradient type-checks, with parameters that are fixed and without", () => {
  for (const source of [learned, learned.replace("param w, v : R", "param w : R\n  fixed v : R")]) {
    const { declarationText } = compiledProgram(source);
    const shown = `import { gradient, init, model, pack } from "./elman.js";
const params = init(1);
const batch = pack([{ x: 1 }]);
${exampleOf(declarationText)}
export { loss };`;
    assert.match(shown, /0\.1 \* d\[path\]/);
    assert.deepEqual(errorsOf(shown, declarationText), []);
  }
});

test("the README's use of the module type-checks as TypeScript", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const block = (words: string): string => readme.split("```").find((text) => text.includes(words))!;
  const { declarationText } = compiledProgram(block("model Elman(").replace(/^\w*\n/, ""), { precision: "f32" });
  const use = block('from "./elman.js"').replace(/^js\n/, "");
  assert.deepEqual(errorsOf(`${use}\nexport { p, loss };`, declarationText), []);
});

const wrong: ReadonlyArray<readonly [string, string, string]> = [
  ["an input of another name", "x: [[1, 2],", "z: [[1, 2],"],
  ["an input of another depth", "x: [[1, 2], new Float32Array(2)]", "x: [[[1, 2]]]"],
  ["a parameter that does not exist", "{ ...params, W", "{ ...params, V"],
  ["a parameter of the other precision", "W: new Float64Array(4)", "W: new Float32Array(4)"],
  ["an output that does not exist", ".h.data", ".o.data"],
];
for (const [law, right, instead] of wrong)
  test(`the declarations refuse ${law}`, () => {
    assert.ok(use.includes(right));
    assert.notDeepEqual(errorsOf(use.replace(right, instead)), []);
  });

/** What the type checker says of a user's file beside the module's declarations. */
function errorsOf(source: string, declarations = compiledElman().declarationText): ReadonlyArray<string> {
  const files = new Map([
    ["/use.ts", source],
    ["/elman.d.ts", declarations],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const program = ts.createProgram(["/use.ts"], options, {
    ...host,
    fileExists: (name) => files.has(name) || fileExists(name),
    readFile: (name) => files.get(name) ?? readFile(name),
    getSourceFile: (name, version) => {
      const text = files.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version);
      parsed.set(name, parsed.get(name) ?? getSourceFile(name, version));
      return parsed.get(name);
    },
  });
  // TypeScript's own library is looked at where these files speak of it: to check all of it takes most of the time.
  const found = [
    ...[program.getOptionsDiagnostics(), program.getGlobalDiagnostics()].flat(),
    ...[...files.keys()].flatMap((name) => {
      const file = program.getSourceFile(name);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    }),
  ];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** The standard library is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();
