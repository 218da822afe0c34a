import { writeFileSync } from "node:fs";
import { onnxSection } from "./onnx/section.ts";
import { pytorchSection } from "./torch/section.ts";
import { trainerSection } from "./torch/trainer-section.ts";

/** The worlds that models go to, in the order of the page: a part of it each. */
const sections: ReadonlyArray<() => string | Promise<string>> = [pytorchSection, trainerSection, onnxSection];

const parts: string[] = [];
for (const section of sections) parts.push(await section());
writeFileSync(
  new URL("../docs/other-worlds.md", import.meta.url),
  `# In other worlds\n\nWritten by \`npm run other-worlds\`, which measures all that stands here.\n\n${parts.join("\n")}`,
);
