import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as J from "fp-ts/lib/Json.js";
import * as t from "io-ts";
import type { Values } from "../runtime/interface.ts";
import { type ElementTypeName, elementType, isElementType } from "./element-types.ts";
import { repeatedKey } from "./repeated-key.ts";
import { lengthOf, type Safetensors, type Tensor } from "./safetensors.ts";

const Entry = t.readonly(
  t.type({ dtype: t.string, shape: t.readonlyArray(t.number), data_offsets: t.tuple([t.number, t.number]) }),
);
const Metadata = t.readonly(t.record(t.string, t.string));
const Header = t.readonly(t.record(t.string, t.unknown));

/** A tensor as the header names it, once that is sound in itself. */
interface Place {
  readonly name: string;
  readonly type: ElementTypeName;
  readonly shape: ReadonlyArray<number>;
  readonly begin: number;
  readonly end: number;
}

/**
 * The tensors of a file as views of its bytes: nothing is allocated for what a header claims. On the left, what is wrong with
 * the file, as what comes after "it".
 */
export const decodeSafetensors = (file: Uint8Array): E.Either<string, Safetensors> =>
  pipe(
    headerOf(file),
    E.flatMap(({ text, body }) =>
      pipe(
        parsed(text),
        E.bindTo("header"),
        E.bind("metadata", ({ header }) => metadataOf(header)),
        E.bind("places", ({ header }) => placesIn(header)),
        E.tap(({ places }) => filling(places, body.length)),
        E.map(({ metadata, places }) => ({
          metadata,
          tensors: Object.fromEntries(
            places.map(({ name, type, shape, begin, end }) => [
              name,
              { type, shape, bytes: body.subarray(begin, end) },
            ]),
          ),
        })),
      ),
    ),
  );

/** The numbers of a tensor; of other types than floating point there are none. */
export const valuesOf = ({ type, bytes }: Tensor): Values | undefined => elementType(type).read?.(bytes);

/** A zip; or a pickle, whose protocol is its second byte, and whose first word is then longer than any file. */
const isSavedByTorch = (file: Uint8Array): boolean => {
  const starts = (...bytes: ReadonlyArray<number>): boolean => bytes.every((byte, i) => file[i] === byte);
  return (
    starts(0x50, 0x4b, 3, 4) || (starts(0x80) && (file[1] ?? 0) >= 2 && (file[1] ?? 9) <= 5 && (file[7] ?? 1) !== 0)
  );
};

const headerOf = (file: Uint8Array): E.Either<string, { readonly text: string; readonly body: Uint8Array }> => {
  if (isSavedByTorch(file))
    return E.left(
      "is what torch.save writes, a pickle, and no safetensors file: write one with safetensors.torch.save_file(model.state_dict(), FILE), or by the save() of a module that rnnc wrote",
    );
  if (file.length < 8) return E.left("is no safetensors file: it has fewer than 8 bytes");
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(file.length - 8))
    return E.left(
      `is no safetensors file, or is cut off: its header would have ${length} bytes, the file has ${file.length}`,
    );
  const end = 8 + Number(length);
  return pipe(
    E.tryCatch(
      () => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file.subarray(8, end)),
      () => "has a header that is no UTF-8",
    ),
    E.map((text) => ({ text, body: file.subarray(end) })),
  );
};

const parsed = (text: string): E.Either<string, t.TypeOf<typeof Header>> =>
  pipe(
    J.parse(text),
    E.mapLeft(() => undefined),
    E.filterOrElse(
      (json): json is J.JsonRecord => Header.is(json) && text.startsWith("{"),
      () => undefined,
    ),
    E.mapLeft(() => "has a header that is no JSON object"),
    E.filterOrElse(
      () => repeatedKey(text) === undefined,
      () => `has ${JSON.stringify(repeatedKey(text))} twice in its header`,
    ),
  );

const metadataOf = ({ __metadata__: told = {} }: t.TypeOf<typeof Header>): E.Either<string, Safetensors["metadata"]> =>
  Metadata.is(told) ? E.right(told) : E.left("has metadata that are not texts by name");

const placesIn = (header: t.TypeOf<typeof Header>): E.Either<string, ReadonlyArray<Place>> =>
  pipe(
    Object.entries(header).filter(([name]) => name !== "__metadata__"),
    E.traverseArray(([name, entry]) =>
      pipe(
        Entry.decode(entry),
        E.mapLeft(() => "no type, shape and two offsets"),
        E.flatMap(placeOf(name)),
        E.mapLeft((reason) => `has ${reason} for ${JSON.stringify(name)} in its header`),
      ),
    ),
  );

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const placeOf =
  (name: string) =>
  ({ dtype, shape, data_offsets: [begin, end] }: t.TypeOf<typeof Entry>): E.Either<string, Place> => {
    if (!isElementType(dtype)) return E.left(`the unknown type ${dtype}`);
    if (!shape.every(isCount)) return E.left(`the shape [${shape.join(", ")}]`);
    if (!isCount(begin) || !isCount(end) || begin > end) return E.left(`the offsets ${begin} to ${end}`);
    const expected = lengthOf(shape) * elementType(dtype).size;
    return end - begin === expected
      ? E.right({ name, type: dtype, shape, begin, end })
      : E.left(`${end - begin} bytes where ${dtype}[${shape.join(", ")}] takes ${expected}`);
  };

/** Tensors stand end to end from the first byte to the last: none overlaps another, and nothing lies between. */
const filling = (places: ReadonlyArray<Place>, length: number): E.Either<string, void> => {
  let at = 0;
  for (const { name, begin, end } of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at)
      return E.left(`has ${begin < at ? "tensors that overlap" : "unused bytes"} before ${JSON.stringify(name)}`);
    at = end;
  }
  return at === length
    ? E.right(undefined)
    : E.left(`has ${length} bytes of tensors where its header names ${at}: it is cut off, or something was added`);
};
