import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { minified } from "../../src/cli/minified.ts";
import { literal } from "../../src/emit/literal.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { runtimeText } from "../../src/runtime/generated/runtime.ts";
import { compiledElman } from "./elman.ts";

const example = [{ x: [[1, 2], [0.5, -1]] }, { x: [[0.25, 3]] }]; // biome-ignore format: a table
const inEmptyFolder = <A>(use: (folder: string) => A): A => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-module-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

for (const precision of ["f32", "f64"] as const)
  for (const target of targetNames)
    for (const [form, written] of Object.entries({ "as printed": (text: string) => text, minified }))
      test(`a module alone in a folder, where no text may be evaluated, gives the bits of the closures (${precision}, ${target}, ${form})`, () => {
        const compiled = compiledElman(precision, target);
        const params = compiled.init(3);
        const here = compiled.gradient(params, compiled.pack(example));
        const there = inEmptyFolder((folder) => {
          writeFileSync(join(folder, "elman.mjs"), written(compiled.moduleText));
          writeFileSync(
            join(folder, "use.mjs"),
            `import { init, pack, gradient } from "./elman.mjs";
        const found = gradient(init(3), pack(${JSON.stringify(example)}));
        console.log(JSON.stringify([found.loss, ...Object.values(found.gradient).map((values) => [...values])]));`,
          );
          return execFileSync(process.execPath, ["--disallow-code-generation-from-strings", "use.mjs"], {
            cwd: folder,
          });
        });
        assert.deepEqual(JSON.parse(there.toString()), [
          here.loss,
          ...Object.values(here.gradient).map((values) => [...values]),
        ]);
      });

test("emitting a module evaluates nothing, and nothing in it evaluates or imports", () => {
  const { Function: original, eval: evaluator } = globalThis;
  const refuse = () => assert.fail("text was evaluated");
  Object.assign(globalThis, { Function: refuse, eval: refuse });
  try {
    const { moduleText, declarationText } = compiledElman();
    assert.doesNotMatch(moduleText, /\beval\b|\bFunction\b|\bimport\b|\brequire\(/);
    assert.ok(declarationText.length > 0);
  } finally {
    Object.assign(globalThis, { Function: original, eval: evaluator });
  }
});

test("hostile names stay inside their strings", () => {
  const hostile = {
    x: '"];globalThis.broken=1;//',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay a plain string
    W: "</script><!--${globalThis.broken=1}`\u2028globalThis.broken=1",
    h: "*/globalThis.broken=1;/*\\",
  };
  const compiled = compiledElman("f64", "js", hostile);
  const batch = compiled.pack([{ [hostile.x]: [[1, 2]] }]);
  const plain = compiledElman();
  const params = plain.init(1);
  const renamed = { [hostile.W]: params.W!, U: params.U! };
  assert.equal(compiled.loss(renamed, batch), plain.loss(params, plain.pack([{ x: [[1, 2]] }])));
  assert.equal("broken" in globalThis, false);
  assert.doesNotMatch(compiled.moduleText, /<\/script|<!--|\u2028/);
  assert.doesNotMatch(compiled.declarationText.replaceAll(/"(?:[^"\\]|\\.)*"/g, ""), /broken/);
});

test("a literal evaluates to its value, in ASCII on one line", () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true }),
      fc.boolean(),
      tie("list"),
      tie("record"),
    ),
    list: fc.array(tie("value"), { maxLength: 4 }),
    record: fc.record({ a: tie("value"), b: tie("value") }, { noNullPrototype: true }),
  })).value;
  fc.assert(
    fc.property(value, (given) => {
      const text = literal(given);
      assert.match(text, /^[ -~]*$/);
      assert.doesNotMatch(text, /<[!/]/);
      assert.deepEqual(new Function(`return ${text}`)(), given);
    }),
  );
});

test("the run time's files declare distinct names, and the run time declares them all", () => {
  const names = [...runtimeText.matchAll(/^(?:const|let|function) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
  assert.ok(names.length > 50);
  assert.doesNotMatch(runtimeText, /^import |^export |@param|\/\*\*/m);
});
