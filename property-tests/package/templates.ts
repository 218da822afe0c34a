import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { wordsOf } from "../cli/words.ts";
import { noBrowser as skip, startBrowser } from "./chromium.ts";
import { consumer, missing, run } from "./consumer.ts";

let browser: import("playwright-core").Browser;

before(async () => {
  if (skip === false) browser = await startBrowser();
});

after(async () => {
  await browser?.close();
});

/** The command in the folder of a project, with the package that is installed above it. */
const inProject = (name: string, line: string): string => {
  const [, ...words] = wordsOf(line);
  return execFileSync("npx", ["rnnc", ...words], {
    cwd: join(consumer, name),
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
};

/** A project that has trained a little and is exported; gives what its own script predicts. */
const trained = (name: string): string => {
  run("npx", "rnnc", "init", name);
  const { scripts } = JSON.parse(readFileSync(join(consumer, name, "package.json"), "utf8"));
  inProject(name, scripts.train.replace(/--(steps|epochs) \d+/, "--steps 40"));
  inProject(name, scripts.export);
  return inProject(name, scripts.predict);
};

/** What a page shows once its model has answered, given what is typed into it. */
const shown = async (name: string, type: Readonly<Record<string, string>>): Promise<string> => {
  const server = spawn(process.execPath, ["serve.js", "0"], { cwd: join(consumer, name) });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  try {
    await page.goto(await addressOf(server));
    await page.waitForFunction(`document.querySelector("#answer").textContent.trim() !== ""`);
    for (const [field, text] of Object.entries(type)) await page.fill(field, text);
    // biome-ignore lint/performance/useDomNodeTextContent: as it is seen, cells and lines apart
    const answer = await page.innerText("#answer");
    assert.deepEqual(problems, []);
    return answer;
  } finally {
    await page.close();
    server.kill();
  }
};

/** A server says where it is when it listens. */
const addressOf = ({ stdout }: ChildProcess): Promise<string> =>
  new Promise((done) => {
    stdout!.once("data", (text) => done(/http:\S+/.exec(String(text))![0]));
  });

const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("the page of language goes on as the command does", { skip }, async () => {
  const told = trained("language");
  assert.equal(await shown("language", {}), told.replace(/\n$/, ""));
});

test("the page of classify shows the probabilities that the command predicts", { skip }, async () => {
  for (const { name, p } of linesOf(trained("classify")).slice(0, 2)) {
    const expected = Object.entries<number>(p).toSorted(([, a], [, b]) => b - a);
    assert.deepEqual(
      (await shown("classify", { "#name": name })).trim().split(/\s+/),
      expected.flatMap(([origin, probability]) => [origin, probability.toFixed(4)]),
    );
  }
});

test("the page of tag shows the classes and probabilities that the command predicts", { skip }, async () => {
  for (const answer of linesOf(trained("tag"))) {
    const words: ReadonlyArray<string> = answer.word;
    const expected = words.flatMap((word, i) => {
      const tag = answer["tag.predicted"][i];
      return [word, `${tag} ${answer.p[i][tag].toFixed(4)}`];
    });
    const found = await shown("tag", { "#sentence": words.join(" ") });
    assert.deepEqual(
      found.split("\n").filter((line) => line.trim() !== ""),
      expected,
    );
  }
});

test("the page of forecast shows the numbers that the command predicts", { skip }, async () => {
  const [answer] = linesOf(trained("forecast"));
  const rows = (await shown("forecast", {})).split("\n").slice(1);
  assert.deepEqual(
    rows.map((line) => line.trim().split(/\s+/).slice(2)),
    answer.mu.map((_: number, i: number) =>
      [answer.mu, answer["births.low"], answer["births.high"]].map((values) => values[i].toFixed(0)),
    ),
  );
});

test("the page of translate translates as the command does", { skip }, async () => {
  for (const { english, german } of linesOf(trained("translate")).slice(0, 2))
    assert.equal(await shown("translate", { "#english": english }), german);
});

test("a project's own test of its gradient passes where the package is installed", { skip: missing }, () => {
  run("npx", "rnnc", "init", "tag", "tested");
  assert.match(
    execFileSync(process.execPath, ["--test"], {
      cwd: join(consumer, "tested"),
      encoding: "utf8",
      env: plainEnvironment(),
    }),
    /# fail 0/,
  );
});

/** A runner within a runner would report to the outer one. */
const plainEnvironment = (): NodeJS.ProcessEnv => {
  const { NODE_TEST_CONTEXT: _, ...others } = process.env;
  return others;
};
