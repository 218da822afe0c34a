import { basename, dirname, join, relative } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import type { ExportName } from "../module/exports.ts";
import { polynomialText } from "../views/polynomial.ts";
import { scheduleOf } from "../views/schedule/schedule.ts";
import { packageOfCommonJs } from "./common-js.ts";
import type { CompileToFileOptions } from "./compile-to-file-options.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { minified } from "./minified.ts";
import { openProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import { watching } from "./watching.ts";
import { writeFile } from "./write-file.ts";

/** `rnnc compile FILE -o OUT.js`, or OUT.c */
export const compileToFile =
  (terminal: Terminal) =>
  (file: string, options: CompileToFileOptions): E.Either<Failure, void> | Promise<E.Either<Failure, void>> =>
    options.watch === true
      ? watching(terminal, { file, json: options.json }, compileOnce(file, options))
      : compileOnce(file, options)(terminal);

const compileOnce =
  (file: string, options: CompileToFileOptions) =>
  (terminal: Terminal, onImport: (file: string) => void = () => undefined): E.Either<Failure, void> =>
    pipe(
      pathBeside(options),
      E.flatMap(() => openProgram(terminal, file, { ...ofProgram(options), onImport })),
      E.bindTo("opened"),
      E.bind("beside", ({ opened: { compiled } }) =>
        options.target === "c" ? writeC(compiled.c, options) : writeModule(compiled, options),
      ),
      E.tap(({ opened: { compiled } }) =>
        E.right(options.memory === undefined ? undefined : terminal.err(memoryText(compiled))),
      ),
      E.map(({ opened, beside }) =>
        tell(terminal, options, { file: opened.source.file, diagnostics: opened.diagnostics }, beside),
      ),
    );

/** C is compiled as what runs here is; it has names as it is. */
const ofProgram = ({ target, readable, ...options }: CompileToFileOptions) => ({
  ...options,
  ...(target === "c" && options.exports !== undefined ? { exports: exportsInC(options.exports) } : {}),
  ...(target === undefined ? {} : { target: target === "c" ? ("native" as const) : target }),
  names: readable === true,
});

/** In C blocks of steps, and draws, go on from what a start begins. */
const exportsInC = (exports: ReadonlyArray<ExportName>): ReadonlyArray<ExportName> =>
  exports.includes("stream") || exports.includes("generate")
    ? [...new Set([...exports, "start", "step"] as const)]
    : exports;

/** What C has not. */
const notInC: ReadonlyArray<ExportName> = ["pack"];

/** Where what belongs to a module goes: its types, or its header. */
const pathBeside = ({ target, output, exports, threads = 1 }: CompileToFileOptions): E.Either<Failure, string> => {
  if (target !== "c") return declarationPath(output);
  const missing = exports?.filter((name) => notInC.includes(name)) ?? [];
  if (missing.length > 0)
    return E.left(usageError(`C has no ${missing.join(" and no ")}: see docs/c.md for what it has`));
  return threads > 1
    ? E.left(usageError("--threads is for modules in JavaScript: whoever calls C has threads of their own"))
    : headerPath(output);
};

/** Writes a module in C and, beside it, its header, whose path it gives. */
export const writeC = (c: Compiled["c"], { output }: Pick<CompileToFileOptions, "output">): E.Either<Failure, string> =>
  pipe(
    headerPath(output),
    E.tap(() => writeFile(output, c.source)),
    E.tap((path) => writeFile(path, c.header)),
  );

/** The header of `m.c` is `m.h`. */
export const headerPath = (output: string): E.Either<Failure, string> =>
  /.\.c$/.test(basename(output))
    ? E.right(output.replace(/c$/, "h"))
    : E.left(usageError(`The path of a module in C must end in .c, unlike ${output}`));

/** Writes a module and, beside it, its types, whose path it gives. */
export const writeModule = (
  { moduleText, declarationText }: Compiled,
  { output, readable }: Pick<CompileToFileOptions, "output" | "readable">,
): E.Either<Failure, string> =>
  writeTexts(output, { module: () => (readable === true ? moduleText : minified(moduleText)), types: declarationText });

/** The texts of a module and of its types. */
interface Texts {
  readonly module: () => string;
  readonly types: string;
}

/** The same of any module. */
export const writeTexts = (output: string, { module, types }: Texts): E.Either<Failure, string> =>
  pipe(
    declarationPath(output),
    E.tap(() => writeFile(output, module())),
    E.tap((path) => writeFile(path, types)),
  );

/** The bytes of what a module does with a loss, as formulas in the batch and its lengths. */
const memoryText = (compiled: Compiled): string =>
  (["loss", "gradient", "train"] as const)
    .map((name) => scheduleOf(compiled, name))
    .map((view) => (view === undefined ? "" : `${view.program}: ${polynomialText(view.bytes, view.dims)} bytes\n`))
    .join("");

/** Where a module and what belongs to it were written, and of what it was made. */
export const tell = (
  terminal: Terminal,
  { json, output }: Pick<CompileToFileOptions, "json" | "output">,
  made: Readonly<Record<string, unknown>>,
  beside: string,
): void =>
  json
    ? terminal.out(document({ ...made, module: output, [beside.endsWith(".h") ? "header" : "types"]: beside }))
    : terminal.err(`Wrote ${output} and ${beside}.\n${hintForNode(output)}`);

const hintForNode = (output: string): string => {
  const file = packageOfCommonJs(output);
  return file === undefined
    ? ""
    : `Node takes it for CommonJS, as ${relative(".", file)} says "type": "commonjs". For Node, call it ${output.replace(/js$/, "mjs")}.\n`;
};

const hintForC = (output: string): string => (output.endsWith(".c") ? ". C is --target c" : "");

/** The types of `m.js` stand in `m.d.ts`, those of `m.mjs` in `m.d.mts`. */
export const declarationPath = (output: string): E.Either<Failure, string> => {
  const [, stem, module] = /^(.+)\.(m?)js$/.exec(basename(output)) ?? [];
  return stem === undefined
    ? E.left(usageError(`The module's path must end in .js or .mjs, unlike ${output}${hintForC(output)}`))
    : E.right(join(dirname(output), `${stem}.d.${module}ts`));
};
