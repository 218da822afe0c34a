import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import * as E from "fp-ts/lib/Either.js";

/** Asked for when it is needed: what starts with the command line starts with every command. */
const processes = (): typeof import("node:child_process") => createRequire(import.meta.url)("node:child_process");

/** A C compiler of this machine. */
export interface Compiler {
  /** Its name, and what stands after it in `CC`: `ccache gcc`, or `gcc -m64`. */
  readonly command: ReadonlyArray<string>;
  /** What it says of itself: another version is another compiler. */
  readonly version: string;
}

/**
 * `-O2`: with `-O3` programs compile for longer and run no faster. Contraction of multiplications and additions is asked
 * for where products want it, nowhere else.
 */
export const flags: ReadonlyArray<string> = [
  ...["-std=c11", "-O2", "-march=native", "-ffp-contract=off"],
  ...["-fno-math-errno", "-fvisibility=hidden", "-fPIC", "-shared"],
];

/** The first of these that answers; `CC` of the environment alone, if it is set. */
export const findCompiler = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): E.Either<string, Compiler> => {
  const asked = environment.CC;
  const candidates = asked === undefined || asked === "" ? ["cc", "gcc", "clang"] : [asked];
  for (const candidate of candidates) {
    const [program = "", ...words] = candidate.trim().split(/\s+/);
    const { status, stdout } = processes().spawnSync(program, [...words, "--version"], {
      encoding: "utf8",
      timeout: 20_000,
    });
    if (status === 0 && stdout !== "")
      return E.right({ command: [program, ...words], version: stdout.split("\n")[0] ?? "" });
  }
  return E.left(`no C compiler answers (I tried ${candidates.join(", ")})`);
};

/** A library of C text, written to a file. */
export const compileLibrary = (
  { command: [program = "", ...words] }: Compiler,
  source: string,
  library: string,
): E.Either<string, string> => {
  const { status, stderr, error } = processes().spawnSync(program, [...words, ...flags, "-o", library, source], {
    encoding: "utf8",
    timeout: 600_000,
  });
  if (status === 0 && existsSync(library)) return E.right(library);
  const reason =
    error?.message ??
    (status === 0 ? "it says nothing, and makes no library" : stderr).trim().split("\n").slice(0, 5).join("\n");
  return E.left(`${[program, ...words].join(" ")} does not compile a model's C: ${reason}`);
};
