import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pageFolder } from "../../playground/build/page-folder.ts";
import { startBrowser } from "./chromium.ts";

/** `npm run docs:playground`: the page as the README shows it, a model that was trained and what it attends to. */
const root = fileURLToPath(new URL("../../", import.meta.url));
execFileSync(process.execPath, ["--import", "tsx", "playground/build/build.ts"], { cwd: root, stdio: "inherit" });
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, colorScheme: "light" });
await page.goto(pathToFileURL(`${pageFolder}index.html`).href);
await page.getByLabel("model", { exact: true }).selectOption("which-year");
await page.getByRole("tab", { name: "Training" }).click();
await page.getByRole("button", { name: "Train" }).click();
await page.getByText(/^Done/).waitFor();
await page.screenshot({ path: `${root}docs/pictures/playground.png` });
await browser.close();
