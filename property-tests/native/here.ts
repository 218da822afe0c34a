import { nativeProblem } from "../../src/native/index.ts";

const problem = nativeProblem();

/** For tests that compile C: they are skipped, and say why, where it cannot be. */
export const ifNative: { readonly skip?: string } = problem === undefined ? {} : { skip: problem };
