import { relative } from "node:path";
import { spec } from "node:test/reporters";

/**
 * What a run prints: a line for each file, how many of them are done, and how long its tests took; each test that fails, as
 * node's own reporter has it; and that one's counts at the end. JavaScript, since node loads it before all else.
 *
 * @param {AsyncIterable<import("node:test/reporters").TestEvent>} source
 * @returns {AsyncGenerator<string>}
 */
export default async function* reporter(source) {
  const all = Number(process.env.RNNC_TEST_FILES ?? 0);
  const own = new spec();
  /** @type {string[]} */
  const said = [];
  own.on("data", (text) => said.push(String(text)));
  let file = "";
  let [tests, time] = [0, 0];
  /** @type {Set<string>} */
  const done = new Set();
  const line = () => {
    done.add(file);
    // Laws that several files test count where they are written.
    return `[${done.size} of ${Math.max(all, done.size)}] ${relative(process.cwd(), file)}: ${tests} tests, ${(time / 1000).toFixed(1)} s\n`;
  };
  for await (const event of source) {
    const isTest = (event.type === "test:pass" || event.type === "test:fail") && event.data.nesting === 0;
    if (isTest && event.data.file !== undefined && event.data.file !== file) {
      if (file !== "") yield line();
      [file, tests, time] = [event.data.file, 0, 0];
    }
    if (isTest) [tests, time] = [tests + 1, time + event.data.details.duration_ms];
    own.write(event);
    const text = said.splice(0).join("");
    // What passes is counted, and not told; the counts come at the end.
    if (event.type === "test:fail" || event.type === "test:stderr" || event.type === "test:stdout") yield text;
    if (event.type === "test:diagnostic") counts.push(text);
  }
  if (file !== "") yield line();
  own.end();
  await new Promise((finished) => own.on("end", () => finished(undefined)));
  yield [...counts.splice(0), ...said].join("");
}

/** @type {string[]} */
const counts = [];
