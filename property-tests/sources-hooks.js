import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @import { LoadFnOutput, LoadHook } from "node:module" */

const kept = new URL("../node_modules/.cache/rnnc-tests/", import.meta.url);
mkdirSync(kept, { recursive: true });
const { version } = JSON.parse(readFileSync(new URL("../node_modules/esbuild/package.json", import.meta.url), "utf8"));

/** @type {(...given: Parameters<LoadHook>) => Promise<LoadFnOutput>} */
export const load = async (url, context, next) => {
  if (!/^file:[^?]*\.ts$/.test(url) || url.includes("/node_modules/")) return next(url, context);
  const source = readFileSync(new URL(url), "utf8");
  const key = createHash("sha256").update(`${version}\n${url}\n${source}`).digest("hex");
  const file = new URL(`${key}.js`, kept);
  if (!existsSync(file)) await keep(file, fileURLToPath(url), source);
  return { format: "module", source: readFileSync(file, "utf8"), shortCircuit: true };
};

/** @type {(file: URL, path: string, source: string) => Promise<void>} */
const keep = async (file, path, source) => {
  const { transform } = await import("esbuild");
  const { code } = await transform(source, {
    loader: "ts",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    sourcefile: path,
  });
  // Several processes may make it at once: each writes whole.
  const draft = new URL(`${file.href}.${process.pid}`);
  writeFileSync(draft, code);
  renameSync(draft, file);
};
