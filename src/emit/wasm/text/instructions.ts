/** What stands after an instruction's number. */
export type Immediates =
  | "none"
  | "block"
  | "index"
  | "memory"
  | "memory lane"
  | "lane"
  | "i32"
  | "i64"
  | "f32"
  | "f64"
  | "v128"
  | "lanes";

export interface Instruction {
  readonly name: string;
  readonly immediates: Immediates;
  /** The bytes that an access to memory is aligned to unless it says otherwise, as a power of 2. */
  readonly alignment?: number;
}

type Entry = readonly [number: number, instruction: Instruction];

const plain = (number: number, name: string, immediates: Immediates = "none"): Entry => [number, { name, immediates }];

/** Instructions of one type, numbered one after the other. */
const run = (from: number, type: string, names: string): ReadonlyArray<Entry> =>
  names.split(" ").map((name, i) => plain(from + i, `${type}.${name}`));

const accesses = (from: number, names: string, immediates: Immediates = "memory"): ReadonlyArray<Entry> =>
  names.split(" ").map((named, i) => {
    const [name = "", alignment] = named.split(":");
    return [from + i, { name, immediates, alignment: Number(alignment) }];
  });

const comparisons = "eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
const realComparisons = "eq ne lt gt le ge";
const integers = "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr";
const reals = "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign";

/** The instructions of one byte. */
export const instructions: ReadonlyMap<number, Instruction> = new Map([
  plain(0x00, "unreachable"),
  plain(0x01, "nop"),
  plain(0x02, "block", "block"),
  plain(0x03, "loop", "block"),
  plain(0x04, "if", "block"),
  plain(0x05, "else"),
  plain(0x0b, "end"),
  plain(0x0c, "br", "index"),
  plain(0x0d, "br_if", "index"),
  plain(0x0f, "return"),
  plain(0x10, "call", "index"),
  plain(0x1a, "drop"),
  plain(0x1b, "select"),
  plain(0x20, "local.get", "index"),
  plain(0x21, "local.set", "index"),
  plain(0x22, "local.tee", "index"),
  ...accesses(0x28, "i32.load:2 i64.load:3 f32.load:2 f64.load:3"),
  ...accesses(0x36, "i32.store:2 i64.store:3 f32.store:2 f64.store:3"),
  plain(0x41, "i32.const", "i32"),
  plain(0x42, "i64.const", "i64"),
  plain(0x43, "f32.const", "f32"),
  plain(0x44, "f64.const", "f64"),
  ...run(0x45, "i32", comparisons),
  ...run(0x50, "i64", comparisons),
  ...run(0x5b, "f32", realComparisons),
  ...run(0x61, "f64", realComparisons),
  ...run(0x67, "i32", integers),
  ...run(0x79, "i64", integers),
  ...run(0x8b, "f32", reals),
  ...run(0x99, "f64", reals),
  ...run(0xa7, "i32", "wrap_i64 trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u"),
  ...run(0xac, "i64", "extend_i32_s extend_i32_u trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u"),
  ...run(0xb2, "f32", "convert_i32_s convert_i32_u convert_i64_s convert_i64_u demote_f64"),
  ...run(0xb7, "f64", "convert_i32_s convert_i32_u convert_i64_s convert_i64_u promote_f32"),
  plain(0xbc, "i32.reinterpret_f32"),
  plain(0xbd, "i64.reinterpret_f64"),
  plain(0xbe, "f32.reinterpret_i32"),
  plain(0xbf, "f64.reinterpret_i64"),
]);

/** Those after the prefix 0xfc. */
export const saturating: ReadonlyMap<number, Instruction> = new Map([
  ...run(0, "i32", "trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u"),
  ...run(4, "i64", "trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u"),
]);

const vectorReals = "sqrt add sub mul div min max pmin pmax";

/** Those of vectors, after the prefix 0xfd. */
export const vectorInstructions: ReadonlyMap<number, Instruction> = new Map([
  ...accesses(0, "v128.load:4"),
  ...accesses(7, "v128.load8_splat:0 v128.load16_splat:1 v128.load32_splat:2 v128.load64_splat:3 v128.store:4"),
  plain(12, "v128.const", "v128"),
  plain(13, "i8x16.shuffle", "lanes"),
  ...["i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"].map((type, i) => plain(15 + i, `${type}.splat`)),
  ...["i32x4", "i64x2", "f32x4", "f64x2"].flatMap((type, i) => [
    plain(27 + 2 * i, `${type}.extract_lane`, "lane"),
    plain(28 + 2 * i, `${type}.replace_lane`, "lane"),
  ]),
  ...run(65, "f32x4", realComparisons),
  ...run(71, "f64x2", realComparisons),
  ...run(77, "v128", "not and andnot or xor bitselect any_true"),
  ...accesses(84, "v128.load8_lane:0 v128.load16_lane:1 v128.load32_lane:2 v128.load64_lane:3", "memory lane"),
  ...accesses(88, "v128.store8_lane:0 v128.store16_lane:1 v128.store32_lane:2 v128.store64_lane:3", "memory lane"),
  ...accesses(92, "v128.load32_zero:2 v128.load64_zero:3"),
  ...run(94, "f32x4", "demote_f64x2_zero"),
  ...run(95, "f64x2", "promote_low_f32x4"),
  ...run(171, "i32x4", "shl shr_s shr_u add"),
  ...run(177, "i32x4", "sub"),
  ...run(203, "i64x2", "shl shr_s shr_u add"),
  ...run(209, "i64x2", "sub"),
  ...run(224, "f32x4", "abs neg"),
  ...run(227, "f32x4", vectorReals),
  ...run(236, "f64x2", "abs neg"),
  ...run(239, "f64x2", vectorReals),
]);
