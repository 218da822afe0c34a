import { CompilerFault } from "../../../fault.ts";
import { valueTypes } from "../assembler.ts";
import { type Instruction, instructions, saturating, vectorInstructions } from "./instructions.ts";
import type { Reader } from "./reader.ts";

export const typeName = (byte: number): string =>
  Object.entries(valueTypes).find(([, own]) => own === byte)?.[0] ?? `(; ${byte} ;)`;

/** The instructions of a function's body, one a line, indented as blocks are nested. */
export const bodyLines = (reader: Reader, end: number): ReadonlyArray<string> => {
  const lines: string[] = [];
  let depth = 1;
  while (reader.place() < end) {
    const instruction = instructionAt(reader);
    const line = [instruction.name, ...immediatesOf(instruction, reader)].join(" ");
    if (instruction.name === "end" || instruction.name === "else") depth -= 1;
    // The last `end` is the function's own.
    if (depth > 0) lines.push(`${"  ".repeat(depth + 1)}${line}`);
    if (instruction.immediates === "block" || instruction.name === "else") depth += 1;
  }
  return lines;
};

const instructionAt = (reader: Reader): Instruction => {
  const first = reader.byte();
  const table = first === 0xfc ? saturating : first === 0xfd ? vectorInstructions : instructions;
  const number = table === instructions ? first : reader.unsigned();
  const found = table.get(number);
  if (found === undefined) throw new CompilerFault("emit/wasm/text", `no name for the instruction ${first} ${number}`);
  return found;
};

const immediatesOf = ({ immediates, alignment = 0 }: Instruction, reader: Reader): ReadonlyArray<string> => {
  switch (immediates) {
    case "none":
      return [];
    case "block": {
      const type = reader.byte();
      return type === 0x40 ? [] : [`(result ${typeName(type)})`];
    }
    case "index":
      return [String(reader.unsigned())];
    case "lane":
      return [String(reader.byte())];
    case "memory":
      return memoryOf(reader, alignment);
    case "memory lane":
      return [...memoryOf(reader, alignment), String(reader.byte())];
    case "i32":
    case "i64":
      return [String(reader.signed())];
    case "f32":
      return [float(reader.float32())];
    case "f64":
      return [float(reader.float64())];
    case "v128":
      return ["i8x16", ...Array.from(reader.bytes(16), String)];
    case "lanes":
      return Array.from(reader.bytes(16), String);
  }
};

const memoryOf = (reader: Reader, usual: number): ReadonlyArray<string> => {
  const [alignment, offset] = [reader.unsigned(), reader.unsigned()];
  return [...(offset === 0 ? [] : [`offset=${offset}`]), ...(alignment === usual ? [] : [`align=${2 ** alignment}`])];
};

const float = (value: number): string => {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
};
