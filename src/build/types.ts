import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "dist", "types");

/** The types of what the package exports, as TypeScript gives them: the files that these are made of, and no others. */
export const types = (entries: ReadonlyArray<string>): void => {
  rmSync(folder, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "src/build/tsconfig.json")],
    { stdio: "inherit" },
  );
  const needed = new Set<string>();
  for (const entry of entries) keep(needed, join(folder, entry));
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".d.ts") && !needed.has(join(folder, name))) rmSync(join(folder, name));
};

const required = join(root, "dist", "types-of-commonjs");

/**
 * The types of an entry for those who require it: the same files, which import as CommonJS does there. Packages have classes of
 * their own for either form, and what is made by one fits nowhere into the other's types: fast-check's properties.
 */
export const typesOfCommonJs = (entry: string): void => {
  rmSync(required, { recursive: true, force: true });
  const files = new Set<string>();
  gather(files, join(folder, entry));
  for (const file of files) cpSync(file, join(required, relative(folder, file)));
  writeFileSync(join(required, "package.json"), '{ "type": "commonjs" }\n');
};

const gather = (found: Set<string>, file: string): void => {
  if (found.has(file) || !existsSync(file)) return;
  found.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g))
    gather(found, join(dirname(file), `${path}.d.ts`));
};

const relativeImport = /((?:from |import\()")(\.[^"]+)\.ts(")/g;

/** Keeps a file and those that it imports; between them they are imported as JavaScript, whose types they are. */
const keep = (needed: Set<string>, file: string): void => {
  if (needed.has(file) || !existsSync(file)) return;
  needed.add(file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replaceAll(relativeImport, "$1$2.js$3"));
  for (const [, , path] of text.matchAll(relativeImport)) keep(needed, join(dirname(file), `${path}.d.ts`));
};
