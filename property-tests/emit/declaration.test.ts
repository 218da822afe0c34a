import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
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
function errorsOf(source: string): ReadonlyArray<string> {
  const files = new Map([
    ["/use.ts", source],
    ["/elman.d.ts", compiledElman().declarationText],
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
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** The standard library is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();
