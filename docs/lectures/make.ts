import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { indexPage } from "./index-page.ts";
import { lectures } from "./lectures.ts";
import { measuredFile } from "./measured.ts";
import { measurements } from "./measurements.ts";
import { lecturePage } from "./page.ts";

/**
 * `npm run lectures`: the pages of the lectures, or of those that are named (`-- s2 s4`). `--measure NAME` makes anew what
 * takes minutes, which the pages draw from; `--playground ADDRESS` lets links lead elsewhere.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    measure: { type: "string" },
    playground: { type: "string", default: "../../build/playground/index.html" },
  },
});

const place = (name: string): string => fileURLToPath(new URL(`${name}.html`, import.meta.url));

const measure = (name: string): void => {
  const found = measurements[name];
  if (found === undefined) {
    console.error(`There is no measurement ${name}; there are ${Object.keys(measurements).join(", ")}.`);
    process.exit(2);
  }
  const file = measuredFile(name);
  mkdirSync(new URL(".", file), { recursive: true });
  const command = `npm run lectures -- --measure ${name}`;
  writeFileSync(file, `${JSON.stringify({ command, ...found() }, null, 1)}\n`);
  console.log(`Wrote ${fileURLToPath(file)}.`);
};

if (values.measure !== undefined) measure(values.measure);
else {
  const unknown = positionals.filter((name) => lectures.every((lecture) => lecture.name !== name));
  if (unknown.length > 0) {
    console.error(
      `There is no lecture ${unknown.join(", ")}; there are ${lectures.map(({ name }) => name).join(", ")}.`,
    );
    process.exit(2);
  }
  for (const lecture of lectures) {
    if (positionals.length > 0 && !positionals.includes(lecture.name)) continue;
    const page = await lecturePage(lecture, values.playground);
    writeFileSync(place(lecture.name), page);
    console.log(`Wrote ${place(lecture.name)} (${Math.round(page.length / 1000)} kB).`);
  }
  writeFileSync(place("index"), indexPage(lectures));
}
