import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { readText, textModules } from "./texts.ts";

/**
 * Makes the text modules that are missing or older than what they are made from. Imported for its effect before the
 * sources are: by tests, by `prepare`, and by the command line where it runs from the sources.
 */
const root = new URL("../../", import.meta.url);
const changedAt = (path: string): number => statSync(new URL(path, root)).mtimeMs;

/** What makes them, too. */
const makers = [
  "src/build/texts.ts",
  "src/build/plain-script.ts",
  "src/build/bundled-script.ts",
  "src/runtime/files.ts",
];

for (const { path, sources, text } of textModules(root)) {
  const target = new URL(path, root);
  const newest = Math.max(...[...makers, ...sources].map(changedAt));
  if (existsSync(target) && changedAt(path) >= newest) continue;
  // TypeScript and esbuild read them: they take half a second to load, and are needed here alone.
  const scripts = { ...(await import("./plain-script.ts")), ...(await import("./bundled-script.ts")) };
  mkdirSync(new URL(".", target), { recursive: true });
  // Several processes may find it stale at once: each writes whole.
  const draft = new URL(`${path}.${process.pid}`, root);
  writeFileSync(draft, `// Made by src/build/texts.ts.\n${text(readText(root), scripts)}`);
  renameSync(draft, target);
}
