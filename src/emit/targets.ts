/** What compiled programs can run as, in a few words; `back-ends.ts` has what prints each. The first that will is chosen. */
export const targets = { wasm: "WebAssembly in JavaScript", js: "plain JavaScript" } as const;

export type Target = keyof typeof targets;

export const targetNames = Object.keys(targets) as ReadonlyArray<Target>;
