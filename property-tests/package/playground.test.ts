import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { pageFolder } from "../../playground/build/page-folder.ts";
import { servePage } from "../../playground/build/serve.ts";
import { noBrowser as skip, startBrowser } from "./chromium.ts";

let browser: Browser;
let server: Server;
let served: string;
const file = pathToFileURL(`${pageFolder}index.html`).href;

before(async () => {
  if (skip !== false) return;
  execFileSync(process.execPath, ["--import", "tsx", "playground/build/build.ts"], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
  });
  ({ server, address: served } = await servePage(0));
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** What a person does with the page; nothing may go wrong unseen meanwhile. */
const visit = async (address: string, act: (page: Page) => Promise<void>, width = 1280): Promise<void> => {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.setDefaultTimeout(15_000);
  const wrong: string[] = [];
  page.on("pageerror", ({ message }) => wrong.push(message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  try {
    await page.goto(address);
    await page.getByText("numbers to learn").waitFor();
    await act(page);
    assert.deepEqual(wrong, []);
  } finally {
    await page.close();
  }
};

const type = async (page: Page, program: string): Promise<void> => {
  await page.getByRole("textbox", { name: "The program" }).fill(program);
};

const open = (page: Page, tab: string): Promise<void> => page.getByRole("tab", { name: tab }).click();

const mean = `model Mean(n = 3) {
  axis t in 1..T
  input x[t] : R
  param w : R[n]
  h[0] = 0
  h[t] : R[n] = tanh(h[t-1] + w * x[t])
  y[t] ~ normal(sum(h[t]), 1)
}`;

for (const [from, address] of [
  ["a file", () => file],
  ["a server with its policy", () => served],
] as const) {
  test(`from ${from}: a model is typed, its mistake is told where it is, and its equations are shown`, { skip }, () =>
    visit(address(), async (page) => {
      await type(page, mean.replace("tanh(h[t-1]", "tanh(g[t-1]"));
      await page.getByText(/^\d errors?\. Line 6: `g` is not defined/).waitFor();
      await page.locator(".cm-lintRange-error").first().waitFor();
      await type(page, mean);
      await page.getByText("3 numbers to learn").waitFor();
      assert.equal(await page.locator(".messages li").count(), 0);
      await page.locator("math", { hasText: "tanh" }).waitFor();
      await open(page, "Adjoint");
      await page.locator("math", { hasText: "∇" }).first().waitFor();
    }),
  );

  test(`from ${from}: training in a worker makes the loss fall, and the gradient is exact`, { skip }, () =>
    visit(address(), async (page) => {
      await page.getByLabel("model", { exact: true }).selectOption("hello");
      await open(page, "Training");
      for (const [as, told] of [
        ["wasm", "WebAssembly"],
        ["js", "JavaScript"],
      ] as const) {
        await page.getByLabel("as", { exact: true }).selectOption(as);
        await page.getByRole("button", { name: /Train|Begin anew/ }).click();
        const state = page.getByText(new RegExp(`^Done.*as ${told}`));
        await state.waitFor();
        const [, steps, loss] = /step (\d+), loss ([\d.e-]+)/.exec((await state.textContent())!)!;
        assert.equal(Number(steps), 600);
        assert.ok(Number(loss) < 0.1, `${loss}`);
      }
      await page.getByRole("img", { name: /after 600 steps/ }).waitFor();
      await open(page, "Gradient");
      await page.getByRole("button", { name: "Check the gradient" }).click();
      await page.getByText("The gradient is exact.").waitFor();
    }),
  );
}

test("what a page loads at first is less than 500 KB, compressed, and evaluates no text", { skip }, () => {
  const names = ["index.html", "playground.css", "playground.js"];
  const sizes = names.map((name) => gzipSync(readFileSync(pageFolder + name), { level: 9 }).length);
  assert.ok(sizes.reduce((a, b) => a + b, 0) < 500_000, sizes.join(" + "));
  assert.ok(!readFileSync(`${pageFolder}playground.js`, "utf8").includes("new Function"));
});
