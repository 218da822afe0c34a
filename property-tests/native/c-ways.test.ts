import { test } from "node:test";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { isThorough, someOf } from "../often.ts";
import { isHere, lightly, mustGiveTheSame, type Way } from "./c-cases.ts";
import { exampleCase } from "./c-examples.ts";
import { ifNative } from "./here.ts";

interface Tried extends Way {
  readonly needs: ReadonlyArray<string>;
  readonly precision: "f32" | "f64";
}

const sanitized = ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
const memcheck = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full"];

/** How C is compiled and run: all of these give what the module gives. Those of `npm test` come first. */
const quick: ReadonlyArray<Tried> = [
  { needs: ["clang"], compiler: "clang", flags: ["-std=c11", lightly, ...sanitized], precision: "f32" },
  { needs: ["gcc"], compiler: "gcc", flags: ["-std=c11", "-O2", "-march=native"], precision: "f32" },
];

const slow: ReadonlyArray<Tried> = [
  { needs: ["gcc"], compiler: "gcc", flags: ["-std=c11", "-O1", "-DRNNC_PLAIN"], precision: "f32" },
  { needs: ["valgrind"], compiler: "gcc", flags: ["-std=c11", "-O1"], runner: memcheck, precision: "f64" },
  { needs: ["gcc"], compiler: "gcc", flags: ["-std=c11", "-O1", ...sanitized], precision: "f64" },
  { needs: ["gcc"], compiler: "gcc", flags: ["-std=c11", "-O3", "-march=native"], precision: "f64" },
  { needs: ["gcc"], compiler: "gcc", flags: ["-std=c11", "-O2", "-mavx2", "-mfma"], precision: "f32" },
  { needs: ["clang"], compiler: "clang", flags: ["-std=c11", "-O3", "-march=native"], precision: "f32" },
  { needs: ["clang"], compiler: "clang", flags: ["-std=c11", "-O2", "-DRNNC_PLAIN", ...sanitized], precision: "f64" },
  { needs: ["g++"], compiler: "g++", flags: ["-std=c++17", "-O2", "-march=native"], ending: "cc", precision: "f32" },
  { needs: ["clang++"], compiler: "clang++", flags: ["-std=c++17", "-O1"], ending: "cc", precision: "f64" },
  ...(["f32", "f64"] as const).map((precision) => ({
    needs: ["aarch64-linux-gnu-gcc", "qemu-aarch64"],
    compiler: "aarch64-linux-gnu-gcc",
    flags: ["-std=c11", "-O2", "-static"],
    runner: ["qemu-aarch64"],
    precision,
  })),
];

const skipped = ({ needs }: Tried) => {
  const missing = needs.find((command) => !isHere(command));
  return missing === undefined ? ifNative : { skip: `there is no ${missing}` };
};

/** Valgrind knows no vectors of 512 bits. */
const names = (turn: number): ReadonlyArray<string> =>
  isThorough ? someOf(exampleNames).filter((_, i) => i % 12 === turn % 12) : ["elman.rnn"];

[...quick, ...(isThorough ? slow : [])].forEach((way, turn) => {
  const { compiler, flags, runner = [], precision } = way;
  test(
    `C in ${precision} gives what its module gives, without a warning or an error, by ${[...runner, compiler, ...flags].join(" ")}`,
    skipped(way),
    () => {
      const cases = names(turn).map((name, seed) =>
        exampleCase(compiledExample(name, { precision, target: "js", optimiser: "adam" }), seed),
      );
      mustGiveTheSame(cases, way, precision === "f64" ? 1e-11 : 5e-5);
    },
  );
});
