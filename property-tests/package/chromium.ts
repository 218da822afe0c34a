import { existsSync } from "node:fs";
import { missing } from "./consumer.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Why no page can be opened, if none can. */
export const noBrowser: string | false =
  missing === false && executablePath === undefined ? "there is no Chromium" : missing;

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

export const startBrowser = async (): Promise<import("playwright-core").Browser> => {
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath: executablePath!,
    args: [...quiet, "--disable-component-update", "--disable-sync"],
  });
};
