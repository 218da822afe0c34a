import "./fresh.ts";

/** What a checkout needs after its packages are there: the text modules, and the command line as one file. */
const { bundle } = await import("./bundle.ts");
await bundle();
