import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dotSvg } from "../src/views/svg.ts";
import { layersDot } from "./layers.ts";
import { pictures } from "./pictures.ts";

/** `npm run docs`: draws the pictures of the README from the model that stands in it, and those of ARCHITECTURE.md. */
const root = fileURLToPath(new URL("..", import.meta.url));
const [, model] = readFileSync(join(root, "README.md"), "utf8").match(/```\n(\/\/[\s\S]*?model Elman[\s\S]*?)```/)!;
const file = join(mkdtempSync(join(tmpdir(), "rnnc-docs-")), "elman.rnn");
writeFileSync(file, model!);
for (const [name, command, ...words] of pictures) {
  const output = join(root, "docs", "pictures", `${name}.svg`);
  execFileSync(process.execPath, ["dist/rnnc.cjs", command, file, ...words, "-o", output], {
    cwd: root,
    stdio: "inherit",
  });
}
writeFileSync(join(root, "docs", "pictures", "layers.svg"), await dotSvg(layersDot()));
