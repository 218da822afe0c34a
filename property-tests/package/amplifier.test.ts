import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { compiledProgram } from "../property/programs.ts";
import { noBrowser as skip, startBrowser } from "./chromium.ts";

const example = new URL("../../examples/amplifier/", import.meta.url);
const source = readFileSync(new URL("amplifier.rnn", example), "utf8");
const folder = mkdtempSync(join(tmpdir(), "rnnc-amplifier-"));
const kinds: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html" };

let server: Server;
let browser: Browser;

before(async () => {
  if (skip !== false) return;
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const file = join(folder, pathname);
    if (pathname === "/")
      return response.setHeader("Content-Type", "text/html").end("<!doctype html><title>sound</title>");
    if (!existsSync(file)) return response.writeHead(404).end();
    return response.setHeader("Content-Type", kinds[extname(file)] ?? "text/plain").end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

const samples = Array.from({ length: 40 * 128 }, (_, i) => Math.fround(Math.sin(i / 9) * Math.cos(i / 700)));

/** What a page plays through the example's worklet. */
const played = async (): Promise<ReadonlyArray<number>> => {
  const page = await browser.newPage();
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(async (samples) => {
      const context = new OfflineAudioContext(1, samples.length, 48_000);
      await context.audioWorklet.addModule("/processor.js");
      const sound = context.createBufferSource();
      sound.buffer = context.createBuffer(1, samples.length, 48_000);
      sound.buffer.getChannelData(0).set(samples);
      const amplifier = new AudioWorkletNode(context, "amplifier", { processorOptions: { channels: 1 } });
      sound.connect(amplifier).connect(context.destination);
      sound.start();
      return Array.from((await context.startRendering()).getChannelData(0));
    }, samples);
  } finally {
    await page.close();
  }
};

for (const target of targetNames satisfies ReadonlyArray<Target>)
  test(`an amplifier in an audio worklet plays what forward gives, to the bit (${target})`, { skip }, async () => {
    const model = compiledProgram(source, { target, precision: "f32" });
    cpSync(new URL("processor.js", example), join(folder, "processor.js"));
    const { moduleText } = compiledProgram(source, { target, precision: "f32", exports: ["init", "stream"] });
    writeFileSync(join(folder, "amplifier.js"), moduleText);
    const expected = model.forward(model.init(1), model.pack([{ x: samples }])).y!.data;
    assert.deepEqual(await played(), Array.from(expected));
  });
