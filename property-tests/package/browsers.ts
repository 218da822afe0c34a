import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { noBrowser as skip, startBrowser } from "./chromium.ts";
import { consumer } from "./consumer.ts";

const folder = join(consumer, "browser");
const kinds: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html" };

/** Gives the files of the folder; what a page may do stands in its address. */
const serve = (): Server =>
  createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    const policy = searchParams.get("policy");
    if (policy !== null) response.setHeader("Content-Security-Policy", policy);
    if (searchParams.has("isolated")) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    if (pathname === "/") {
      response.setHeader("Content-Type", "text/html");
      return response.end("<!doctype html><title>rnnc</title>");
    }
    const file = join(folder, pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("Content-Type", kinds[extname(file)] ?? "text/plain");
    return response.end(readFileSync(file));
  });

let server: Server;
let browser: import("playwright-core").Browser;

before(async () => {
  if (skip !== false) return;
  await build({
    absWorkingDir: folder,
    entryPoints: { page: "compiler.js", "bundled-worker": "worker.js" },
    bundle: true,
    format: "esm",
    platform: "browser",
    outdir: folder,
    logLevel: "error",
  });
  server = serve();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** What a script gives in a page with this policy; its text is a module's, whose default export is called there. */
const inPage = async (policy: string, script: string, isolated = false): Promise<unknown> => {
  const page = await browser.newPage();
  try {
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(folder, "script.js"), script);
    await page.goto(`http://localhost:${port}/?policy=${encodeURIComponent(policy)}${isolated ? "&isolated" : ""}`);
    return await page.evaluate(async () => {
      try {
        // Playwright calls functions from outside of the page's policy; what is imported stands within it.
        const script = "/script.js";
        return await (await import(script)).default();
      } catch (error) {
        return `error: ${error}`;
      }
    });
  } finally {
    await page.close();
  }
};

const source = (): string => JSON.stringify(readFileSync(join(consumer, "lstm.rnn"), "utf8"));

test("the compiler runs in a page and in a worker, and gives what it gives in Node", { skip }, async () => {
  const { compiled } = await import(pathToFileURL(join(folder, "page.js")).href);
  const expected = compiled(JSON.parse(source()));
  const policy = "script-src 'self' 'unsafe-eval'";
  const inside = await inPage(
    policy,
    `import { compiled } from "./page.js";\nexport default () => compiled(${source()});`,
  );
  assert.deepEqual(inside, expected);
  const script = `export default () => new Promise((done, fail) => {
    const worker = new Worker("/bundled-worker.js", { type: "module" });
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = fail;
    worker.postMessage(${source()});
  });`;
  assert.deepEqual(await inPage(policy, script), expected);
});

const bits = async (target: string): Promise<string> => {
  const { bitsAfter } = await import(pathToFileURL(join(folder, "training.js")).href);
  return bitsAfter(await import(pathToFileURL(join(folder, `model-${target}.js`)).href));
};

const training = (target: string): string =>
  `import * as model from "./model-${target}.js";\nimport { bitsAfter } from "./training.js";\nexport default () => bitsAfter(model);`;

test("training gives the same bits in Chromium as in Node, in JavaScript where scripts and types are restricted", {
  skip,
}, async () => {
  const policy = "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  assert.equal(await inPage(policy, training("js")), await bits("js"));
});

test("so does WebAssembly where a page allows it", { skip }, async () => {
  assert.equal(await inPage("script-src 'self' 'wasm-unsafe-eval'", training("wasm")), await bits("wasm"));
});

test("where a page forbids WebAssembly, a module says why and what to do", { skip }, async () => {
  const said = String(await inPage("script-src 'self'", training("wasm")));
  assert.match(said, /Content Security Policy/);
  assert.match(said, /wasm-unsafe-eval/);
  assert.match(said, /target js/);
});

test("a compiled model steps and trains in an audio worklet", { skip }, async () => {
  const script = `export default async () => {
    const context = new OfflineAudioContext(1, 128, 44100);
    await context.audioWorklet.addModule("/worklet.js");
    const node = new AudioWorkletNode(context, "model");
    return new Promise((done) => { node.port.onmessage = ({ data }) => done(data); });
  };`;
  const found = (await inPage("script-src 'self' 'wasm-unsafe-eval'", script)) as {
    readonly stepped: ReadonlyArray<number>;
    readonly bits: ReadonlyArray<string>;
  };
  assert.deepEqual(found.bits, [await bits("js"), await bits("wasm")]);
  assert.equal(found.stepped.length, 1);
});

test("split over threads training gives the bits of Node, in an isolated page by a worker and in another by the page itself", {
  skip,
}, async () => {
  const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src blob:";
  for (const target of ["js", "wasm"]) {
    const expected = await bits(`${target}-threads`);
    const script = `let made = 0;
      const Own = Worker;
      globalThis.Worker = class extends Own { constructor(...given) { super(...given); made += 1; } };
      import * as model from "./model-${target}-threads.js";
      import { bitsAfter } from "./training.js";
      export default async () => {
        const bits = [bitsAfter(model)];
        for (let i = 0; i < 5; i += 1) {
          await new Promise((done) => setTimeout(done, 100));
          bits.push(bitsAfter(model));
        }
        return { made, bits };
      };`;
    for (const isolated of [true, false])
      assert.deepEqual(await inPage(policy, script, isolated), {
        made: isolated ? 1 : 0,
        bits: Array<string>(6).fill(expected),
      });
  }
});
