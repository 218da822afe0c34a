import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

// Gives the page and the exported model to a browser on this machine: node serve.js [PORT]
const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".csv": "text/csv" };

const server = createServer(async ({ url = "/" }, response) => {
  const file = url === "/" ? "index.html" : url.slice(1).replace(/\?.*$/, "");
  const kind = kinds[/** @type {keyof typeof kinds} */ (extname(file))];
  try {
    if (kind === undefined || !/^[\w-]+\.\w+$/.test(file)) throw new Error("Not of this page");
    const bytes = await readFile(file);
    response.writeHead(200, { "content-type": `${kind}; charset=utf-8` }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});

server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`The page is at http://localhost:${port}/ (Ctrl-C ends)`);
});
