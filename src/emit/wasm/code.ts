/** WebAssembly code: bytes, nested as expressions are; flattened once, when a module is put together. */
export type Code = number | ReadonlyArray<Code>;

export const bytesOf = (code: Code): ReadonlyArray<number> => {
  const bytes: number[] = [];
  const visit = (part: Code): void => {
    if (typeof part === "number") bytes.push(part);
    else for (const inner of part) visit(inner);
  };
  visit(code);
  return bytes;
};

/** An unsigned integer in LEB128: seven bits a byte, the lowest first, the high bit set on all but the last. */
export const unsigned = (value: number): Code => {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
};

/** A signed integer in LEB128. */
export const signed = (value: bigint): Code => {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
};

/** A list with its length before it. */
export const vector = (items: ReadonlyArray<Code>): Code => [unsigned(items.length), items];

export const text = (characters: string): Code => vector([...new TextEncoder().encode(characters)]);

export const float32 = (value: number): Code => littleEndian(4, (view) => view.setFloat32(0, value, true));
export const float64 = (value: number): Code => littleEndian(8, (view) => view.setFloat64(0, value, true));

const littleEndian = (size: number, write: (view: DataView) => void): Code => {
  const view = new DataView(new ArrayBuffer(size));
  write(view);
  return Array.from({ length: size }, (_, i) => view.getUint8(i));
};
