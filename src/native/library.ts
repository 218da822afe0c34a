import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Precision, Values } from "../runtime/interface.ts";
import { digest, libraryOf } from "./cache.ts";
import { type Compiler, findCompiler } from "./compiler.ts";
import { loaderInWorkers } from "./in-workers.ts";
import { prototypeOf } from "./prototype.ts";

/** What runs C: a compiler, and what calls its functions. */
interface Machine {
  readonly compiler: Compiler;
  readonly koffi: Koffi;
}

/** The part of koffi that is used. */
interface Koffi {
  readonly load: (path: string) => Library;
}

interface Library {
  readonly func: (prototype: string) => (...operands: ReadonlyArray<unknown>) => unknown;
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
    // What answers need not be a compiler, and what it makes need not be for this process.
    E.flatMap((machine) =>
      pipe(
        opened(machine, tried),
        E.map(() => machine),
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

/** By the digest of its text, where each library that was loaded stands, if it stays there. */
const paths = new Map<string, string>();

const tried = "int rnnc_tried(void);\nint rnnc_tried(void) { return 1; }\n";

/** The library of a text, in this process. */
const opened = ({ compiler, koffi }: Machine, text: string): E.Either<string, Library> =>
  pipe(
    libraryOf(text, compiler),
    E.flatMap(({ path, isKept }) =>
      E.tryCatch(
        () => {
          const loaded = koffi.load(path);
          if (isKept) paths.set(digest(text), path);
          // What is loaded needs its file no more; workers do without what is not kept.
          else rmSync(dirname(path), { recursive: true, force: true });
          return loaded;
        },
        (reason) => `what ${compiler.command.join(" ")} makes cannot be loaded: ${(reason as Error).message}`,
      ),
    ),
  );

/** Compiles and loads C text: the functions of it by their names. */
const loadLibrary = (text: string, precision: Precision): ((name: string) => Run) => {
  const library = pipe(
    nativeMachine(),
    E.flatMap((machine) => opened(machine, text)),
    E.getOrElseW((reason) => {
      throw new Error(`native code cannot run here: ${reason}`);
    }),
  );
  return (name) => library.func(prototypeOf(name, precision)) as Run;
};

/**
 * Puts itself where modules with native code look for it (`emit/c/kernels/native-library.js`), and where they ask what gives
 * their workers the same (`runtime/threads/crew.js`).
 */
export const install = (): void => {
  const place = globalThis as Record<symbol, unknown>;
  place[Symbol.for("rnnc.native")] = Object.assign(loadLibrary, { inWorkers: () => loaderInWorkers(paths) });
};
