#!/usr/bin/env node
// The command `rnnc`: from the bundle beside this file, or from the sources where one of them is newer.
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const changedAt = (/** @type {URL} */ file) => statSync(file).mtimeMs;

/** Whether this is a checkout in which something was written after the bundle was made. */
const isStale = () => {
  const sources = new URL("src/", root);
  if (!existsSync(sources)) return false;
  const made = changedAt(new URL("main.js", import.meta.url));
  return readdirSync(fileURLToPath(sources), { recursive: true, encoding: "utf8" }).some(
    (name) => /\.(ts|js|rnn)$/.test(name) && changedAt(new URL(name.replaceAll("\\", "/"), sources)) > made,
  );
};

if (isStale()) {
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("src/build/fresh.ts", root).href);
  await import(new URL("src/cli/main.ts", root).href);
} else await import(new URL("main.js", import.meta.url).href);
