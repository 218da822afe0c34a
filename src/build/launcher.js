#!/usr/bin/env node
// The command `rnnc`: from the bundle beside this file, or from the sources where one of them is newer.
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const root = new URL("../", import.meta.url);
const bundle = new URL("main.cjs", import.meta.url);
const changedAt = (/** @type {URL} */ file) => statSync(file).mtimeMs;

/** Whether this is a checkout in which something was written after the bundle was made. */
const isStale = () => {
  const sources = new URL("src/", root);
  if (!existsSync(sources)) return false;
  const made = changedAt(bundle);
  return readdirSync(fileURLToPath(sources), { recursive: true, encoding: "utf8" }).some(
    (name) => /\.(ts|js|rnn)$/.test(name) && changedAt(new URL(name.replaceAll("\\", "/"), sources)) > made,
  );
};

/**
 * Runs the bundle with what the engine made of it before: reading a megabyte of JavaScript anew takes longer than most
 * commands. That stands beside the bundle, for each version of Node, where it may be written.
 */
const runBundle = () => {
  const filename = fileURLToPath(bundle);
  const kept = new URL(`main-${process.version}-${process.arch}.cache`, import.meta.url);
  const read = () => {
    try {
      return changedAt(kept) >= changedAt(bundle) ? readFileSync(kept) : undefined;
    } catch {
      return undefined;
    }
  };
  const cachedData = read();
  const script = new vm.Script(`(function (require, __filename) {${readFileSync(bundle, "utf8")}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected)
    process.on("exit", () => {
      try {
        const draft = new URL(`${kept.href}.${process.pid}`);
        writeFileSync(draft, script.createCachedData());
        renameSync(draft, kept);
      } catch {
        // A folder that may not be written costs time alone.
      }
    });
  script.runInThisContext()(createRequire(bundle), filename);
};

if (isStale()) {
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("src/build/fresh.ts", root).href);
  await import(new URL("src/cli/main.ts", root).href);
} else runBundle();
