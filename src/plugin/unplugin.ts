import { resolve } from "node:path";
import { isLeft } from "fp-ts/lib/Either.js";
import { createUnplugin } from "unplugin";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import { lineColumn } from "../syntax/position.ts";
import { compileFile, type PluginOptions, reporterOf, textOfFile } from "./compile-file.ts";
import { sourceMapOf } from "./source-map.ts";
import { writeTypes } from "./types-beside.ts";

export interface BundlerOptions extends PluginOptions {
  /** Whether the types of a module are written beside its program, as `lstm.d.rnn.ts`: they are unless this is `false`. */
  readonly types?: boolean;
}

/**
 * `rnnc/unplugin`: `import { gradient, init } from "./lstm.rnn"`, in Vite, Rollup, Rolldown, esbuild and webpack. Options
 * are those of `compile`. What is wrong with a program is an error of the tool, at its place in the program.
 */
const plugin = createUnplugin<BundlerOptions | undefined>(({ types = true, ...options } = {}) => ({
  name: "rnnc",
  transformInclude: (id) => fileOf(id).endsWith(".rnn"),
  transform(source, id) {
    const file = fileOf(id);
    const result = compileFile(file, source, options);
    if (isLeft(result)) return this.error(told(file, source, result.left));
    const { compiled, files } = result.right;
    for (const each of files) this.addWatchFile(resolve(each));
    for (const warning of compiled.warnings) this.warn(told(file, source, [warning]));
    if (types) writeTypes(file, compiled.declarationText);
    return { code: compiled.moduleText, map: JSON.stringify(sourceMapOf(compiled, file)) };
  },
}));

/** What each tool takes for a plugin, in types that need none of theirs. */
interface Named {
  readonly name: string;
}
interface Plugins {
  readonly vite: (options?: BundlerOptions) => Named;
  readonly rollup: (options?: BundlerOptions) => Named;
  readonly rolldown: (options?: BundlerOptions) => Named;
  readonly esbuild: (options?: BundlerOptions) => Named & { readonly setup: <B>(build: B) => void | Promise<void> };
  readonly webpack: (options?: BundlerOptions) => { readonly apply: <C>(compiler: C) => void };
  readonly rspack: (options?: BundlerOptions) => { readonly apply: <C>(compiler: C) => void };
}

const plugins = plugin as unknown as Plugins;
export default plugins;
export const { vite, rollup, rolldown, esbuild, webpack, rspack } = plugins;

/** A module's name without what tools append to it. */
const fileOf = (id: string): string => id.replace(/[?#].*$/, "");

/** In the tools' own form: a message with the excerpt, and the place of the first. */
const told = (file: string, source: string, diagnostics: ReadonlyArray<Diagnostic>) => {
  const { span } = diagnostics[0]!.labels[0];
  const text = span.file === file ? source : textOfFile(span.file);
  const { line, column } = lineColumn(text, span.start);
  return {
    message: diagnostics.map(reporterOf(file, source)).join("\n\n"),
    id: span.file,
    loc: { file: span.file, line, column: column - 1 },
  };
};
