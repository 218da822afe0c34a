import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { noBrowser as skip, startBrowser } from "./chromium.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "rnnc-"));
const page = join(folder, "run", "report.html");

const names = ["maria", "anna", "julia", "peter", "robert", "john"];
const data = `name\tkind\n${Array.from({ length: 60 }, (_, i) => `${names[i % 6]}\t${i % 6 < 3 ? "female" : "male"}\n`).join("")}`;
const model = `import GRU from "std"
model Names(V, K, n = 6) {
  axis t in 1..T
  input name[t] : symbol[V]
  param E : R[V,n] ~ normal(0, 0.3)
  param v : R[n] ~ normal(0, 0.3)
  h[t] = GRU(n)(E[name[t]])
  output a[t] = softmax[t](dot(v, h[t]))
  kind : symbol[K] ~ categorical(softmax(O sum[t](a[t] * h[t])))
  param O : R[K,n]
}
`;

const rnnc = (...words: ReadonlyArray<string>): void => {
  execFileSync(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...words], { cwd: checkout, stdio: "pipe" });
};

let browser: Browser;

before(async () => {
  if (skip !== false) return;
  for (const [name, text] of [
    ["names.tsv", data],
    ["names.rnn", model],
  ] as const)
    writeFileSync(join(folder, name), text);
  const [program, given, run] = ["names.rnn", "names.tsv", "run"].map((name) => join(folder, name));
  rnnc("train", program!, "--data", given!, "--epochs", "3", "--run", run!);
  rnnc("report", run!);
  browser = await startBrowser();
});

after(() => browser?.close());

for (const scheme of ["light", "dark"] as const)
  test(`a report opens from its file alone, ${scheme}: nothing goes wrong, nothing is fetched, nothing is cut off`, {
    skip,
  }, async () => {
    const shown = await browser.newPage({ colorScheme: scheme, viewport: { width: 1000, height: 800 } });
    const wrong: string[] = [];
    const fetched: string[] = [];
    shown.on("pageerror", ({ message }) => wrong.push(message));
    shown.on("console", (message) => wrong.push(message.text()));
    shown.on("request", (request) => fetched.push(request.url()));
    const address = pathToFileURL(page).href;
    await shown.goto(address);
    assert.deepEqual(wrong, []);
    assert.deepEqual(fetched, [address]);
    const seen = await shown.evaluate(() => ({
      headings: [...document.querySelectorAll("h2")].map((heading) => heading.textContent),
      isCut: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      equations: document.querySelectorAll("math").length,
      pictures: [...document.querySelectorAll("svg")].map((picture) => picture.getBoundingClientRect().width),
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
    }));
    for (const heading of ["Training", "The model"]) assert.ok(seen.headings.includes(heading), `${seen.headings}`);
    assert.equal(seen.isCut, false);
    assert.ok(seen.equations > 5);
    assert.ok(seen.pictures.some((width) => width > 100));
    const brightness = (colour: string): number =>
      colour
        .match(/\d+/g)!
        .slice(0, 3)
        .reduce((sum, part) => sum + Number(part), 0);
    assert.equal(brightness(seen.paper) > brightness(seen.ink), scheme === "light", `${seen.paper} ${seen.ink}`);
    await shown.close();
  });
