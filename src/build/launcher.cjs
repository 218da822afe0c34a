#!/usr/bin/env node
// The command `rnnc`: from the bundle beside this file, or from the sources where one of them is newer. It is CommonJS, since
// Node takes a tenth longer to start on a module.
const { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const vm = require("node:vm");

const bundle = join(__dirname, "main.cjs");
const sources = join(__dirname, "..", "src");
const changedAt = (/** @type {string} */ file) => statSync(file).mtimeMs;

/**
 * Whether something in a folder was written after the bundle was made.
 *
 * @param {string} folder
 * @param {number} made
 * @returns {boolean}
 */
const holdsNewer = (folder, made) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    // Joining paths properly takes as long as all else here.
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? holdsNewer(path, made) : /\.(ts|c?js|rnn)$/.test(entry.name) && changedAt(path) > made;
  });

/** Only a checkout has sources. */
const isStale = () => existsSync(sources) && holdsNewer(sources, changedAt(bundle));

/**
 * Runs the bundle with what the engine made of it before: reading a megabyte of JavaScript anew takes longer than most
 * commands. That stands beside the bundle, for each command and version of Node, where it may be written: of the functions
 * each command needs others.
 */
const runBundle = () => {
  const command = /^[a-z]+$/.exec(process.argv[2] ?? "")?.[0] ?? "none";
  const kept = join(__dirname, `main-${command}-${process.version}-${process.arch}.cache`);
  const read = () => {
    try {
      return changedAt(kept) >= changedAt(bundle) ? readFileSync(kept) : undefined;
    } catch {
      return undefined;
    }
  };
  const cachedData = read();
  // The bundle is an expression, a function of these arguments, in ASCII.
  const script = new vm.Script(readFileSync(bundle, "latin1"), {
    filename: bundle,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected)
    process.on("exit", (code) => {
      // What fails may be no command, or have gone but part of its way.
      if (code !== 0) return;
      try {
        const draft = `${kept}.${process.pid}`;
        writeFileSync(draft, script.createCachedData());
        renameSync(draft, kept);
      } catch {
        // A folder that may not be written costs time alone.
      }
    });
  script.runInThisContext()(require, bundle);
};

const runSources = async () => {
  const { register } = await import("tsx/esm/api");
  register();
  for (const name of ["build/fresh.ts", "cli/main.ts"]) await import(pathToFileURL(join(sources, name)).href);
};

if (isStale()) runSources();
else runBundle();
