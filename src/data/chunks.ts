import { readSync } from "node:fs";

/** The bytes of an open file in their order, each piece in the place of the one before. */
export function* chunksOf(file: number): Generator<Uint8Array> {
  const chunk = new Uint8Array(2 ** 20);
  for (let at = 0; ; ) {
    const read = readSync(file, chunk, 0, chunk.length, at);
    if (read === 0) return;
    yield chunk.subarray(0, read);
    at += read;
  }
}
