import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";

/** What a link holds: a program with its sizes, data if they are one's own, and how it is trained. */
const Linked = t.intersection([
  t.type({ source: t.string, statics: t.record(t.string, t.union([t.number, t.string])) }),
  t.partial({
    /** The model that it began from, whose data it takes. */
    starter: t.string,
    /** Examples as they stand in the field of data. */
    data: t.string,
    settings: t.record(t.string, t.union([t.number, t.string])),
    /** The view that is open. */
    view: t.string,
  }),
]);
export type Linked = t.TypeOf<typeof Linked>;

const beginning = "#p=";
/** A link is someone else's: what it unpacks to is bounded. */
const mostBytes = 4_000_000;

/** The part of an address behind its page that holds all of this, compressed. */
export const hashOf = async (linked: Linked): Promise<string> => {
  const stream = new Blob([JSON.stringify(linked)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return beginning + base64Of(await bytesOf(stream));
};

/** On the left, in words, why a link cannot be followed; nothing where the address holds no program. */
export const linkedIn = async (hash: string): Promise<E.Either<string, Linked | undefined>> => {
  if (!hash.startsWith(beginning)) return E.right(undefined);
  try {
    const packed = new Blob([bytesIn(hash.slice(beginning.length))]).stream();
    const text = new TextDecoder().decode(await bytesOf(packed.pipeThrough(new DecompressionStream("deflate-raw"))));
    return pipe(
      Linked.decode(JSON.parse(text)),
      E.mapLeft(() => "The link holds something else than a program."),
    );
  } catch {
    return E.left("The link is damaged: a part of it may be missing.");
  }
};

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > mostBytes) throw new RangeError("too large");
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Without the signs that an address gives a meaning to. */
const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const bytesIn = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
