/**
 * What compiled programs can run as, in a few words; `back-ends.ts` has what prints each. Those of `targetNames` run on every
 * machine, and the first that will is chosen; `native` wants a C compiler, and is asked for.
 */
export const targets = {
  wasm: "WebAssembly in JavaScript",
  js: "plain JavaScript",
  native: "C, compiled on this machine",
} as const;

export type Target = keyof typeof targets;

export const targetNames = ["wasm", "js"] as const satisfies ReadonlyArray<Target>;
