/** Reads the binary form of WebAssembly from front to back. */
export interface Reader {
  readonly isAtEnd: () => boolean;
  readonly place: () => number;
  readonly byte: () => number;
  readonly unsigned: () => number;
  readonly signed: () => bigint;
  readonly float32: () => number;
  readonly float64: () => number;
  readonly bytes: (count: number) => Uint8Array;
  readonly text: () => string;
  readonly list: <A>(item: () => A) => ReadonlyArray<A>;
}

export const newReader = (bytes: Uint8Array): Reader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const passed = (count: number): number => {
    at += count;
    return at - count;
  };
  const byte = (): number => view.getUint8(passed(1));
  const unsigned = (): number => {
    const low = byte();
    return low < 0x80 ? low : (low & 0x7f) + 0x80 * unsigned();
  };
  const signed = (shift = 0n): bigint => {
    const low = BigInt(byte());
    if (low >= 0x80n) return ((low & 0x7fn) << shift) + signed(shift + 7n);
    return BigInt.asIntN(7, low) << shift;
  };
  const list = <A>(item: () => A): ReadonlyArray<A> => Array.from({ length: unsigned() }, item);
  const taken = (count: number): Uint8Array => bytes.slice(passed(count), at);
  return {
    isAtEnd: () => at >= bytes.length,
    place: () => at,
    byte,
    unsigned,
    signed: () => signed(),
    float32: () => view.getFloat32(passed(4), true),
    float64: () => view.getFloat64(passed(8), true),
    bytes: taken,
    text: () => new TextDecoder().decode(taken(unsigned())),
    list,
  };
};
