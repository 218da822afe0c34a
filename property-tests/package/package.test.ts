import { before } from "node:test";
import { install, layModules, missing } from "./consumer.ts";

// The package is built, packed and installed once for all that is tried with it.
before(async () => {
  if (missing !== false) return;
  install();
  await layModules();
});

await import("./installed.ts");
await import("./bundlers.ts");
await import("./plugged.ts");
await import("./browsers.ts");
await import("./templates.ts");
