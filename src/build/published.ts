import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * What a package says of itself where it is published: nothing of how a checkout of it is made ready (`prepare`), which npm
 * would warn of wherever it is installed. Npm packs the file that stands in the folder, so it is another while npm packs:
 * `prepack` puts it there, `postpack` brings the own one back.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const [own, kept] = [`${root}package.json`, `${root}build/package.json`];

if (process.argv[2] === "restore") renameSync(kept, own);
else {
  mkdirSync(`${root}build`, { recursive: true });
  copyFileSync(own, kept);
  const { scripts, ...others } = JSON.parse(readFileSync(own, "utf8"));
  const { prepare: _, ...published } = scripts;
  writeFileSync(own, `${JSON.stringify({ ...others, scripts: published }, null, 2)}\n`);
}
