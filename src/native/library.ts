import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Precision, Values } from "../runtime/interface.ts";
import { libraryOf } from "./cache.ts";
import { type Compiler, findCompiler } from "./compiler.ts";

/** What runs C: a compiler, and what calls its functions. */
interface Machine {
  readonly compiler: Compiler;
  readonly koffi: Koffi;
}

/** The part of koffi that is used. */
interface Koffi {
  readonly load: (path: string) => {
    readonly func: (prototype: string) => (...operands: ReadonlyArray<unknown>) => unknown;
  };
}

type Run = (arena: Values, words: BigInt64Array, tables: Int32Array) => void;

let found: E.Either<string, Machine> | undefined;

/** What there is on this machine, or what is missing. It is looked for once. */
export const nativeMachine = (): E.Either<string, Machine> => {
  found ??= pipe(
    koffi(),
    E.flatMap((koffi) =>
      pipe(
        findCompiler(),
        E.map((compiler) => ({ compiler, koffi })),
      ),
    ),
  );
  return found;
};

const koffi = (): E.Either<string, Koffi> =>
  E.tryCatch(
    () => createRequire(import.meta.url)("koffi") as Koffi,
    () => "koffi, which calls compiled code, is not installed (npm i koffi)",
  );

/** Compiles and loads C text: the functions of it by their names. */
const loadLibrary = (text: string, precision: Precision): ((name: string) => Run) => {
  const real = precision === "f32" ? "float" : "double";
  const library = pipe(
    nativeMachine(),
    E.flatMap(({ compiler, koffi }) =>
      pipe(
        libraryOf(text, compiler),
        E.map(({ path, isKept }) => {
          const loaded = koffi.load(path);
          // What is loaded needs its file no more.
          if (!isKept) rmSync(dirname(path), { recursive: true, force: true });
          return loaded;
        }),
      ),
    ),
    E.getOrElseW((reason) => {
      throw new Error(`native code cannot run here: ${reason}`);
    }),
  );
  return (name) => library.func(`void ${name}(${real} *arena, int64_t *words, int32_t *tables)`) as Run;
};

/** Puts itself where modules with native code look for it (`emit/c/kernels/native-library.js`). */
export const install = (): void => {
  (globalThis as Record<symbol, unknown>)[Symbol.for("rnnc.native")] = loadLibrary;
};
