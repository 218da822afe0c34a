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

const places = [
  ["a file", () => file],
  ["a server with its policy", () => served],
] as const;

for (const [from, address] of places) {
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
        await page.getByRole("tabpanel", { name: "Training" }).getByLabel("as").selectOption(as);
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

for (const [from, address] of places)
  test(`from ${from}: pictures are drawn when they are first wanted, and the length is dragged`, { skip }, () =>
    visit(address(), async (page) => {
      assert.equal(await page.evaluate(() => "rnncGraphviz" in globalThis), false);
      await open(page, "Circuit");
      const circuit = page.getByRole("img", { name: "The circuit of Elman" });
      await circuit.waitFor();
      assert.match((await circuit.textContent())!, /tanh\(a\[t\]\)/);
      await open(page, "Unfolded");
      await page.getByRole("img", { name: "length 3" }).waitFor();
      const slider = page.getByRole("slider", { name: "length" });
      const { x, y, width, height } = (await slider.boundingBox())!;
      await page.mouse.move(x + (2 / 9) * width, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + 0.98 * width, y + height / 2, { steps: 5 });
      await page.mouse.up();
      const longest = page.getByRole("img", { name: "length 10" });
      await longest.waitFor();
      assert.match((await longest.textContent())!, /s\[10\]/);
    }),
  );

test("code stands under the line of the model that it comes from, which a press leads to", { skip }, () =>
  visit(file, async (page) => {
    await open(page, "Code");
    const origin = page.getByRole("button", { name: "line 9: s[t] : R[n] = tanh(a[t])" }).first();
    await origin.waitFor();
    assert.match((await origin.evaluate((button) => button.nextElementSibling!.textContent))!, /\/\/ s$/m);
    await origin.click();
    assert.match((await page.locator(".cm-activeLine").textContent())!, /tanh\(a\[t\]\)/);
  }),
);

test("a name tells its shape to who points at it, and to who opens the list of names", { skip }, () =>
  visit(file, async (page) => {
    // The ninth letter of its line.
    await page.locator(".cm-line", { hasText: "param U, W, V" }).hover({ position: { x: 77, y: 10 } });
    await page.getByRole("tooltip").getByText("U : R[32,4]").waitFor();
    await page.getByText("Names and shapes").click();
    for (const [written, role] of [
      ["s[t] : R[32]", "a state"],
      ["W : R[32,32]", "a parameter, which is learned"],
      ["y[t] : symbol[3]", "random: given in training, drawn when generating"],
    ] as const)
      await page.getByRole("row", { name: `${written} ${role}`, exact: true }).waitFor();
  }),
);

test(
  "while a model is trained, what it says and where it looks are shown; then flow is that of what was learned",
  {
    skip,
  },
  () =>
    visit(file, async (page) => {
      await page.getByLabel("model", { exact: true }).selectOption("which-year");
      await open(page, "Training");
      await page.getByRole("button", { name: "Train" }).click();
      await page.getByText(/^Done/).waitFor();
      const [given, truth, probable] = await page
        .locator("#view-training .samples tr")
        .nth(1)
        .locator("td")
        .allTextContents();
      assert.match(given!, /^w = .*\b20\d\d\b/);
      assert.equal(truth, `y = ${probable}`);
      await page.getByRole("img", { name: /^h\[t\]: 12 rows/ }).waitFor();
      await open(page, "Flow");
      await page
        .getByRole("heading", { name: /after training/ })
        .first()
        .waitFor();
    }),
);

test("a training that goes astray says so", { skip }, () =>
  visit(file, async (page) => {
    await type(page, "model Line {\n  input x : R\n  param w = 1\n  y ~ normal(w * x, 1)\n}");
    await page.getByText("1 number to learn").waitFor();
    await open(page, "Training");
    const panel = page.getByRole("tabpanel", { name: "Training" });
    await panel.getByLabel("optimiser").selectOption("sgd");
    await panel.getByLabel("rate").fill("1000");
    await panel.getByLabel("clip").fill("0");
    await panel.getByRole("button", { name: "Train" }).click();
    await panel.getByText(/no longer a finite number/).waitFor();
    await panel.getByRole("button", { name: "Train" }).waitFor();
  }),
);

test("where a policy forbids WebAssembly, training goes on as JavaScript and pictures say why there are none", {
  skip,
}, async () => {
  const { server: strict, address } = await servePage(0, "script-src 'self' blob:; worker-src 'self' blob:");
  const page = await browser.newPage();
  page.setDefaultTimeout(8000);
  try {
    await page.goto(address);
    await page.getByText("numbers to learn").waitFor();
    await page.getByLabel("model", { exact: true }).selectOption("hello");
    await open(page, "Training");
    await page.getByRole("button", { name: "Train" }).click();
    await page.getByText(/^Done.*as JavaScript/).waitFor();
    await open(page, "Gradient");
    await page.getByRole("button", { name: "Check the gradient" }).click();
    await page.getByText("The gradient is exact.").waitFor();
    await open(page, "Circuit");
    await page.getByText(/cannot be drawn.*WebAssembly/).waitFor();
  } finally {
    await page.close();
    strict.close();
  }
});

test("a lecture's link opens its program with its sizes, in its view, and data of its own are trained on", {
  skip,
}, async () => {
  for (const [lecture, figure, program, view] of [
    ["s4", "adjoint", "model TypeOne", "Adjoint"],
    ["s3", "lstm-steps", "model Memory", "Training"],
  ] as const) {
    const page = readFileSync(new URL(`../../docs/lectures/${lecture}.html`, import.meta.url), "utf8");
    const [, hash] = page.slice(page.indexOf(`id="${figure}"`)).match(/index\.html(#p=[\w-]+)/)!;
    await visit(`${file}${hash}`, async (shown) => {
      assert.match((await shown.getByRole("textbox", { name: "The program" }).textContent())!, new RegExp(program));
      await shown.getByRole("tab", { name: view, selected: true }).waitFor();
      if (view !== "Training") return;
      await shown.getByRole("button", { name: "Train" }).click();
      await shown.getByText(/^Done: step 1500/).waitFor();
    });
  }
});

test("a link holds the program, its sizes, data and view, and one that is damaged says so", { skip }, async () => {
  let link = "";
  await visit(file, async (page) => {
    await type(page, mean);
    await page.getByLabel("sizes").fill("n=5");
    await page.getByText("5 numbers to learn").waitFor();
    await open(page, "Training");
    await page.getByText(/^Data:/).click();
    await page.getByLabel("Data, an example a line").fill('{"x":[1,2],"y":[3,4]}');
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.waitForFunction(() => location.hash.length > 10);
    link = new URL(page.url()).hash;
  });
  await visit(served + link, async (page) => {
    await page.getByText("5 numbers to learn").waitFor();
    assert.equal(await page.getByRole("tab", { name: "Training" }).getAttribute("aria-selected"), "true");
    assert.equal(await page.locator(".data textarea").inputValue(), '{"x":[1,2],"y":[3,4]}');
    assert.match((await page.locator(".cm-content").textContent())!, /model Mean/);
  });
  await visit(served + link.slice(0, 60), async (page) => {
    await page
      .getByRole("alert")
      .getByText(/damaged/)
      .waitFor();
  });
});

test("whatever is changed is in the page's address, so that it is there when the page is loaded anew", { skip }, () =>
  visit(served, async (page) => {
    const panel = page.getByRole("tabpanel", { name: "Training" });
    let address = "";
    // One change may reach it in two steps: what comes next is told from it once it stands still.
    const addressChanges = async (): Promise<void> => {
      await page.waitForFunction((before) => location.href !== before, address);
      do {
        address = page.url();
        await page.waitForTimeout(600);
      } while (page.url() !== address);
    };
    await addressChanges();
    await open(page, "Training");
    await addressChanges();
    await panel.getByLabel("rate").fill("0.5");
    await addressChanges();
    await panel.getByLabel("optimiser").selectOption("sgd");
    await addressChanges();
    await panel.getByText(/^Data:/).click();
    await panel.getByLabel("Data, an example a line").fill('{"x":[1],"y":[3]}');
    await addressChanges();
    await page.getByLabel("sizes").fill("n=5");
    await addressChanges();
    await type(page, mean);
    await page.getByText("5 numbers to learn").waitFor();
    await addressChanges();
    await page.reload();
    await page.getByText("5 numbers to learn").waitFor();
    assert.equal(await page.getByRole("tab", { name: "Training" }).getAttribute("aria-selected"), "true");
    assert.equal(await panel.getByLabel("rate").inputValue(), "0.5");
    assert.equal(await panel.getByLabel("optimiser").inputValue(), "sgd");
    assert.equal(await page.locator(".data textarea").inputValue(), '{"x":[1],"y":[3]}');
    assert.equal(await page.getByLabel("model", { exact: true }).locator(":checked").textContent(), "your own program");
    assert.equal(page.url(), address);
  }),
);

test("what is typed is one's own program, until it is a model's again", { skip }, () =>
  visit(file, async (page) => {
    const menu = page.getByLabel("model", { exact: true });
    const chosen = menu.locator(":checked");
    assert.equal(await chosen.textContent(), "Elman network");
    const text = (await page.locator(".cm-line").allTextContents()).join("\n");
    await type(page, mean);
    assert.equal(await chosen.textContent(), "your own program");
    await type(page, text);
    assert.equal(await chosen.textContent(), "Elman network");
    await type(page, mean);
    await menu.selectOption("elman");
    assert.equal(await chosen.textContent(), "Elman network");
    assert.equal(await menu.locator("option", { hasText: "your own program" }).count(), 0);
  }),
);

test("a setting that cannot be is refused at its field, and nothing is trained; no curve, no legend", { skip }, () =>
  visit(file, async (page) => {
    await page.getByLabel("model", { exact: true }).selectOption("hello");
    await open(page, "Training");
    const panel = page.getByRole("tabpanel", { name: "Training" });
    for (const [name, value, is] of [
      ["steps", "-5", "a whole number"],
      ["batch", "0", "a whole number"],
      ["rate", "", "a number"],
    ] as const) {
      const field = panel.getByRole("spinbutton", { name });
      const before = await field.inputValue();
      await field.fill(value);
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      const told = page.locator(`#${await field.getAttribute("aria-describedby")}`);
      assert.match((await told.textContent())!, new RegExp(`^${name} is ${is}`));
      await panel.getByRole("button", { name: "Train" }).click();
      await panel.getByText(`Nothing was trained: ${name} is ${is}`).waitFor();
      await field.fill(before);
      assert.equal(await told.isVisible(), false);
    }
    await panel.getByText(/^Data:/).click();
    await panel.getByLabel("Data, an example a line").fill("{");
    await panel.getByRole("button", { name: "Train" }).click();
    await panel.getByText(/is not JSON/).waitFor();
    assert.equal(await panel.getByText("held out", { exact: true }).count(), 0);
    assert.equal(await panel.getByRole("img", { name: "The loss by steps" }).count(), 0);
  }),
);

test("a picture is as wide as the view, or as it was drawn; it and the module are given as files", { skip }, () =>
  visit(file, async (page) => {
    await page.setViewportSize({ width: 900, height: 800 });
    await page.getByLabel("model", { exact: true }).selectOption("lstm-equations");
    await open(page, "Circuit");
    await page.getByRole("img", { name: "The circuit of LSTMEquations" }).waitFor();
    const picture = page.locator("#view-circuit .picture");
    const isWhole = (): Promise<boolean> => picture.evaluate((box) => box.scrollWidth <= box.clientWidth);
    assert.equal(await isWhole(), true);
    await page.getByRole("button", { name: "Full size" }).click();
    assert.equal(await isWhole(), false);
    await page.getByRole("button", { name: "Fit to the width" }).click();
    assert.equal(await isWhole(), true);
    const given = async (name: string): Promise<readonly [string, string]> => {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name }).filter({ visible: true }).click();
      const found = await coming;
      return [found.suggestedFilename(), readFileSync(await found.path(), "utf8")];
    };
    const [drawing, svg] = await given("Download SVG");
    assert.equal(drawing, "LSTMEquations-circuit.svg");
    assert.match(svg, /<\/svg>\s*$/);
    await open(page, "Code");
    const [module, text] = await given("Download the module");
    assert.equal(module, "LSTMEquations.js");
    assert.match(text, /export (const|function|\{)/);
  }),
);

test("the page leads to what is told of the language", { skip }, () =>
  visit(served, async (page) => {
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "The language" }).click();
    const language = await opened;
    await language.getByText("# The language").first().waitFor();
    await language.close();
  }),
);

test("keys alone reach every view, and the editor lets go of them", { skip }, () =>
  visit(file, async (page) => {
    await page.getByRole("tab", { name: "Equations" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tabpanel", { name: "Circuit" }).waitFor();
    await page.keyboard.press("End");
    await page.getByRole("tabpanel", { name: "Flow" }).waitFor();
    await page.getByRole("textbox", { name: "The program" }).focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate(() => document.activeElement?.className.includes("cm-content")), true);
  }),
);

test("on a phone nothing is wider than the screen", { skip }, () =>
  visit(
    file,
    async (page) => {
      for (const tab of ["Circuit", "Unfolded", "Adjoint", "Code", "Training", "Gradient", "Flow", "Equations"]) {
        await open(page, tab);
        await page.locator('[role="tabpanel"]:not([hidden]) [aria-busy]').waitFor({ state: "detached" });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, tab);
      }
    },
    390,
  ),
);

test("what a page loads at first is less than 500 KB, compressed, and evaluates no text", { skip }, () => {
  const names = ["index.html", "playground.css", "playground.js"];
  const sizes = names.map((name) => gzipSync(readFileSync(pageFolder + name), { level: 9 }).length);
  assert.ok(sizes.reduce((a, b) => a + b, 0) < 500_000, sizes.join(" + "));
  assert.ok(!readFileSync(`${pageFolder}playground.js`, "utf8").includes("new Function"));
});
