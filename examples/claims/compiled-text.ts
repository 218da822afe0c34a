import * as E from "fp-ts/lib/Either.js";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";

/** A program that stands in the text of a claim. */
export const compiledText = (source: string, options: CompileOptions = {}): Compiled => {
  const compiled = compile(source, options);
  if (E.isRight(compiled)) return compiled.right;
  throw new Error(compiled.left.map(({ message }) => message).join("; "));
};

/** A cell of the standard library alone, with all its states as outputs. */
export const cellAlone = (cell: string, options: CompileOptions = {}): Compiled =>
  compiledText(
    `import ${cell} from "std"
     model Alone(n, k) {
       axis t in 1..T
       input x[t] : R[k]
       output h[t] = ${cell}(n)(x[t])
       minimize mean[t](sumsq(h[t]))
     }`,
    options,
  );

/** The least time of a few in milliseconds: the one that was disturbed least. */
export const milliseconds = (run: () => unknown, times = 7): number => {
  run();
  return Math.min(
    ...Array.from({ length: times }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
};
