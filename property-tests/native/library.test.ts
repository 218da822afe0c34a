import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { libraryOf } from "../../src/native/cache.ts";
import { findCompiler } from "../../src/native/compiler.ts";
import { ifNative } from "./here.ts";

const text = `${"#include <stdint.h>\n"}__attribute__((visibility("default"))) int32_t answer(void) { return 42; }\n`;

const compiler = () => {
  const found = findCompiler();
  if (E.isLeft(found)) assert.fail(found.left);
  return found.right;
};

const newFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-cache-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const made = (source: string, folder: string) => {
  const library = libraryOf(source, compiler(), folder);
  if (E.isLeft(library)) assert.fail(library.left);
  return library.right;
};

test(
  "a library is compiled once, kept for its user alone, and kept apart from that of any other text",
  ifNative,
  (t) => {
    const folder = join(newFolder(t), "of", "mine");
    const first = made(text, folder);
    assert.ok(first.isKept && first.path.startsWith(folder));
    const { mtimeMs, mode } = statSync(first.path);
    assert.equal(mode & 0o077, 0);
    assert.equal(statSync(folder).mode & 0o077, 0);
    assert.deepEqual(made(text, folder), first);
    assert.equal(statSync(first.path).mtimeMs, mtimeMs);
    assert.notEqual(made(text.replace("42", "43"), folder).path, first.path);
    assert.deepEqual(
      readdirSync(folder).filter((name) => !/^[0-9a-f]{64}\.so(\.sha256)?$/.test(name)),
      [],
    );
  },
);

test(
  "what is kept is not trusted where it was changed, where others may write to it, or where a link stands in its place",
  ifNative,
  (t) => {
    const folder = join(newFolder(t), "cache");
    const { path } = made(text, folder);
    const right = readFileSync(path);
    const isMended = (): boolean => {
      made(text, folder);
      return readFileSync(path).equals(right) && !statSync(path).isSymbolicLink();
    };
    writeFileSync(path, "something else");
    assert.ok(isMended(), "a changed library");
    rmSync(`${path}.sha256`);
    assert.ok(isMended(), "no digest");
    chmodSync(path, 0o666);
    assert.ok(isMended() && (statSync(path).mode & 0o022) === 0, "others may write");
    const elsewhere = join(folder, "elsewhere");
    writeFileSync(elsewhere, right);
    rmSync(path);
    symlinkSync(elsewhere, path);
    assert.ok(isMended(), "a link");
    chmodSync(folder, 0o777);
    const once = made(text, folder);
    assert.ok(!once.isKept && !once.path.startsWith(folder), "a folder of everybody's");
  },
);

test("what a compiler says against a text is told, and nothing is kept of it", ifNative, (t) => {
  const folder = join(newFolder(t), "cache");
  const wrong = libraryOf("int answer(void) { return nothing; }\n", compiler(), folder);
  assert.ok(E.isLeft(wrong) && /does not compile .*nothing/s.test(wrong.left));
  assert.throws(() => readdirSync(folder), /ENOENT/);
});

test("CC may hold words after its program", ifNative, (t) => {
  const [program = ""] = compiler().command;
  const found = findCompiler({ CC: `${program} -O1` });
  if (E.isLeft(found)) assert.fail(found.left);
  assert.deepEqual(found.right.command, [program, "-O1"]);
  assert.ok(E.isRight(libraryOf(text, found.right, join(newFolder(t), "cache"))));
});

test("where no folder can be made a library is used once", ifNative, () => {
  const once = made(text, "/proc/rnnc/native");
  assert.ok(!once.isKept);
});

test("CC of the environment alone is asked, and what is missing is named", () => {
  const found = findCompiler({ CC: "/no/such/compiler" });
  assert.ok(E.isLeft(found) && found.left.includes("/no/such/compiler"));
});
