import { writeFileSync } from "node:fs";
import { onnxSection } from "./onnx/section.ts";
import { pytorchSection } from "./torch/section.ts";
import { trainerSection } from "./torch/trainer-section.ts";

/** The worlds that models go to, in the order of the page: a part of it each. */
const sections: Readonly<Record<string, () => string | Promise<string>>> = {
  "the module of PyTorch": pytorchSection,
  "its trainer": trainerSection,
  ONNX: onnxSection,
};

const parts: string[] = [];
for (const [i, [name, section]] of Object.entries(sections).entries()) {
  process.stderr.write(`${i + 1} of ${Object.keys(sections).length}: ${name} (a minute or two each)\n`);
  parts.push(await section());
}
process.stderr.write("Wrote docs/other-worlds.md.\n");
writeFileSync(
  new URL("../docs/other-worlds.md", import.meta.url),
  `# In other worlds\n\nWritten by \`npm run other-worlds\`, which measures all that stands here.\n\n${parts.join("\n")}`,
);
