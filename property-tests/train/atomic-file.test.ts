import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { writeAtomically, writePartsAtomically } from "../../src/train/atomic-file.ts";
import { makeFolders } from "../../src/train/folders.ts";
import { newFolder } from "../cli/run-rnnc.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a link to a file stays a link, and the file has the new bytes", () => {
  const folder = newFolder();
  const [file, link] = ["file", "link"].map((name) => join(folder, name));
  writeFileSync(file!, "old");
  symlinkSync(file!, link!);
  assert.deepEqual(writeAtomically(link!, bytes("new")), E.right(undefined));
  assert.equal(readlinkSync(link!), file);
  assert.equal(readFileSync(file!, "utf8"), "new");
  assert.deepEqual(readdirSync(folder).sort(), ["file", "link"]);
});

test("what is no file is written to, and stays what it is", { skip: process.platform === "win32" }, () => {
  const folder = newFolder();
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  // Reading and writing at once, so that neither end waits for the other.
  const script = `exec 3<>${pipe}; "$0" --import tsx -e "$1"; head -c 3 <&3`;
  const written = `import { writeAtomically } from "./src/train/atomic-file.ts"; writeAtomically(${JSON.stringify(pipe)}, Buffer.from("new"))`;
  assert.equal(execFileSync("bash", ["-c", script, process.execPath, written], { encoding: "utf8" }), "new");
  assert.ok(lstatSync(pipe).isFIFO());
  assert.deepEqual(writeAtomically("/dev/null", bytes("new")), E.right(undefined));
  assert.ok(lstatSync("/dev/null").isCharacterDevice());
});

test("where a part cannot be made the old bytes stay, and nothing else", () => {
  const folder = newFolder();
  const file = join(folder, "file");
  writeFileSync(file, "old");
  const parts = [E.right(bytes("new")), E.left("no part")];
  assert.deepEqual(writePartsAtomically(file, parts), E.left("no part"));
  assert.equal(readFileSync(file, "utf8"), "old");
  assert.deepEqual(readdirSync(folder), ["file"]);
});

test("a file that is replaced hands on its mode", { skip: process.platform === "win32" }, () => {
  const file = join(newFolder(), "file");
  writeFileSync(file, "old");
  chmodSync(file, 0o751);
  assert.deepEqual(writeAtomically(file, bytes("new")), E.right(undefined));
  assert.equal(statSync(file).mode & 0o777, 0o751);
});

test("folders on the way of a file are made, but for what a file stands in", () => {
  const folder = newFolder();
  const file = join(folder, "a", "b", "file");
  assert.deepEqual(writeAtomically(file, bytes("new")), E.right(undefined));
  assert.equal(readFileSync(file, "utf8"), "new");
  const inFile = join(file, "c", "file");
  assert.deepEqual(writeAtomically(inFile, bytes("new")), E.left({ tag: "unwritable", path: inFile, code: "ENOTDIR" }));
  assert.equal(readFileSync(file, "utf8"), "new");
});

test("the first folder that is made is told, and none where all are there", () => {
  const folder = newFolder();
  mkdirSync(join(folder, "a"));
  assert.equal(makeFolders(join(folder, "a", "b", "c")), join(folder, "a", "b"));
  assert.equal(makeFolders(join(folder, "a", "b", "c")), undefined);
});

test("a folder that the system has none of is refused at once", { skip: process.platform !== "linux" }, () => {
  assert.throws(() => makeFolders("/proc/rnnc/runs"), { code: "ENOENT" });
});
