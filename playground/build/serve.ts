import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { pageFolder } from "./page-folder.ts";

/** What the page may do: it evaluates no text, and begins workers and scripts that it holds itself. */
const pagePolicy =
  "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:";

const kinds: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** Gives the files of the page to this machine alone, under its policy. */
export const servePage = (
  port: number,
  policy = pagePolicy,
): Promise<{ readonly server: Server; readonly address: string }> => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(pageFolder, normalize(pathname === "/" ? "/index.html" : pathname));
    if (!existsSync(file) || kinds[extname(file)] === undefined) return response.writeHead(404).end();
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", kinds[extname(file)]!);
    return response.end(readFileSync(file));
  });
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () =>
      done({ server, address: `http://localhost:${(server.address() as AddressInfo).port}/` }),
    );
  });
};
