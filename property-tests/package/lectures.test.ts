import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { noBrowser as skip, startBrowser } from "./chromium.ts";

const folder = new URL("../../docs/lectures/", import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));

let browser: Browser;

before(async () => {
  if (skip === false) browser = await startBrowser();
});

after(() => browser?.close());

/** A page as it is opened from its file; nothing may go wrong, and nothing else be fetched. */
const visit = async (
  name: string,
  { scheme, width }: { readonly scheme: "light" | "dark"; readonly width: number },
  look: (page: Page) => Promise<void>,
): Promise<void> => {
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 900 } });
  const wrong: string[] = [];
  const fetched: string[] = [];
  page.on("pageerror", ({ message }) => wrong.push(message));
  page.on("console", (message) => wrong.push(message.text()));
  page.on("request", (request) => fetched.push(request.url()));
  const address = new URL(name, folder).href;
  await page.goto(address);
  await look(page);
  assert.deepEqual(wrong, []);
  assert.deepEqual(fetched, [address]);
  await page.close();
};

test("there is a page for each of the five decks, and one that leads to them", { skip }, () =>
  visit("index.html", { scheme: "light", width: 1200 }, async (page) => {
    const linked = await page.locator("h2 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    assert.equal(linked.length, 5);
    assert.deepEqual([...linked, "index.html"].toSorted(), pages.toSorted());
  }),
);

/** What is wider than the page, or than what it stands in and cannot be scrolled there; what cannot be read. */
const faultsOf = (page: Page): Promise<ReadonlyArray<string>> =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const scrolled = [...document.querySelectorAll("body *")].filter((element) =>
      ["auto", "scroll"].includes(getComputedStyle(element).overflowX),
    );
    const beyond = [...document.querySelectorAll("body *")].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > wide + 1 && !scrolled.some((place) => place.contains(element));
    });
    const tiny = [...document.querySelectorAll("svg")].filter((svg) => {
      const { width, height } = svg.getBoundingClientRect();
      return width < 20 || height < 20;
    });
    const cut = [...document.querySelectorAll("svg text")].filter((text) => {
      const [inner, outer] = [text.getBoundingClientRect(), text.closest("svg")!.getBoundingClientRect()];
      return inner.left < outer.left - 2 || inner.right > outer.right + 2 || inner.bottom > outer.bottom + 2;
    });
    const broken = document.querySelectorAll("merror").length;
    return [
      ...(document.documentElement.scrollWidth > wide
        ? [`the page is ${document.documentElement.scrollWidth} wide`]
        : []),
      ...beyond.slice(0, 5).map((element) => `cut off: ${element.tagName} ${element.textContent?.slice(0, 40)}`),
      ...cut.map((text) => `cut off in its picture: ${text.textContent}`),
      ...tiny.map((svg) => `not seen: ${svg.outerHTML.slice(0, 80)}`),
      ...(broken > 0 ? [`${broken} signs that MathML has no form for`] : []),
    ];
  });

/** From 0, black, to 765, white. */
const brightness = (colour: string): number =>
  colour
    .match(/\d+/g)!
    .slice(0, 3)
    .reduce((sum, part) => sum + Number(part), 0);

for (const scheme of ["light", "dark"] as const)
  for (const width of [390, 1200])
    test(`every lecture is read ${scheme}, ${width} wide: nothing goes wrong, is fetched, or is cut off`, {
      skip,
    }, async () => {
      for (const name of pages)
        await visit(name, { scheme, width }, async (page) => {
          assert.deepEqual(await faultsOf(page), [], name);
          const [paper, ink] = await page.evaluate(() => {
            const { backgroundColor, color } = getComputedStyle(document.body);
            return [backgroundColor, color];
          });
          assert.equal(brightness(paper!) > brightness(ink!), scheme === "light", name);
        });
    });

test("on paper every lecture is black on white, nothing of it is cut off, and its sliders' buttons are gone", {
  skip,
}, async () => {
  for (const name of pages)
    await visit(name, { scheme: "dark", width: 800 }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const [paper, ink, controls] = await page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.body);
        const shown = [...document.querySelectorAll(".steps .controls")].map((each) => getComputedStyle(each).display);
        return [backgroundColor, color, shown] as const;
      });
      assert.ok(brightness(paper) === 765 && brightness(ink) === 0, `${name}: ${paper} ${ink}`);
      assert.deepEqual(
        [...new Set(controls)].filter((display) => display !== "none"),
        [],
        name,
      );
      assert.deepEqual(await faultsOf(page), [], name);
    });
});

test("the slider moves the numbers and bars of the LSTM and of the GRU", { skip }, () =>
  visit("s3.html", { scheme: "light", width: 1200 }, async (page) => {
    for (const name of ["lstm-steps", "gru-steps"]) {
      const place = page.locator(`#${name} .steps`);
      const seen = (): Promise<string> =>
        place.evaluate((steps) =>
          [...steps.querySelectorAll(".numbers, output")].map((each) => each.textContent).join("|"),
        );
      const bars = (): Promise<string> =>
        place.evaluate((steps) =>
          [...steps.querySelectorAll("rect")].map((bar) => bar.getAttribute("height")).join("|"),
        );
      const [numbers, heights] = [await seen(), await bars()];
      await place.getByRole("slider").fill("1");
      const first = await seen();
      assert.notEqual(first, numbers);
      assert.notEqual(await bars(), heights);
      assert.match(first, /^t = 1: keep 1/);
      assert.equal(await place.locator(".tokens .now").textContent(), "keep 1");
      await place.getByRole("slider").focus();
      await page.keyboard.press("ArrowRight");
      assert.match(await seen(), /^t = 2: /);
      await place.getByRole("slider").fill("13");
      assert.equal(await seen(), numbers);
      await place.getByRole("button", { name: "Play" }).click();
      await place.getByRole("button", { name: "Pause" }).waitFor();
      await place.getByText(/^t = 2:/).waitFor();
      await place.getByRole("button", { name: "Pause" }).click();
    }
  }),
);
