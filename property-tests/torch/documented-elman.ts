import { readFileSync } from "node:fs";

/** The module that the documentation holds against the program of the README. */
export const documentedElman =
  /```python\n([\s\S]*?)```/.exec(readFileSync(new URL("../../docs/verify.md", import.meta.url), "utf8"))?.[1] ?? "";
