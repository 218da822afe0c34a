import { bytesOf, type Code, signed, text, unsigned, vector } from "./code.ts";

/** The types of values on the stack, by their byte. */
export const valueTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

export interface Signature {
  readonly params: ReadonlyArray<ValueType>;
  readonly result?: ValueType;
}

export interface DefinedFunction extends Signature {
  /** The types of the locals after the parameters. */
  readonly locals: ReadonlyArray<ValueType>;
  readonly body: Code;
}

export interface WasmModule {
  readonly functions: ReadonlyArray<DefinedFunction>;
  /** Names of exported functions, and their numbers. */
  readonly exports: ReadonlyArray<{ readonly name: string; readonly index: number }>;
  /** What profiles and stacks call the defined functions; without it, their numbers. */
  readonly names?: ReadonlyArray<string>;
}

/** The binary form of a module that imports nothing, with one memory, exported as `memory`. */
export const assemble = ({ functions, exports, names = [] }: WasmModule): Uint8Array => {
  const types = new Map<string, { readonly index: number; readonly code: Code }>();
  const typeOf = ({ params, result }: Signature): Code => {
    const key = `${params.join()}>${result ?? ""}`;
    const results = result === undefined ? [] : [valueTypes[result]];
    const known = types.get(key) ?? {
      index: types.size,
      code: [0x60, vector(params.map((param) => valueTypes[param])), vector(results)],
    };
    types.set(key, known);
    return unsigned(known.index);
  };
  const functionSection = section(3, functions.map(typeOf));
  return Uint8Array.from(
    bytesOf([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(
        1,
        [...types.values()].map(({ code }) => code),
      ),
      functionSection,
      section(5, [[0x00, unsigned(1)]]),
      section(7, [
        [text("memory"), 0x02, 0x00],
        ...exports.map(({ name, index }) => [text(name), 0x00, unsigned(index)]),
      ]),
      section(10, functions.map(body)),
      names.length === 0 ? [] : nameSection(names),
    ]),
  );
};

const section = (id: number, items: ReadonlyArray<Code>): Code => sized([vector(items)], id);

/** The custom section `name`, of which only the names of functions. */
const nameSection = (names: ReadonlyArray<string>): Code => {
  const functions = sized([vector(names.map((name, i) => [unsigned(i), text(name)]))], 1);
  return sized([text("name"), functions], 0);
};

/** A part with the number of its bytes before it. */
const sized = (code: Code, ...before: ReadonlyArray<number>): Code => {
  const bytes = bytesOf(code);
  return [before, unsigned(bytes.length), bytes];
};

const body = ({ locals, body }: DefinedFunction): Code => sized([vector(runs(locals)), body, 0x0b]);

/** Locals are declared in runs of one type. */
const runs = (locals: ReadonlyArray<ValueType>): ReadonlyArray<Code> => {
  const counted: Array<{ readonly type: ValueType; count: number }> = [];
  for (const type of locals) {
    const last = counted.at(-1);
    if (last?.type === type) last.count += 1;
    else counted.push({ type, count: 1 });
  }
  return counted.map(({ type, count }) => [unsigned(count), valueTypes[type]]);
};

export const i32Constant = (value: number): Code => [0x41, signed(BigInt(value | 0))];
export const i64Constant = (value: bigint): Code => [0x42, signed(BigInt.asIntN(64, value))];
