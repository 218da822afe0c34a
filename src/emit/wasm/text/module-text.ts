import { bodyLines, typeName } from "./function-text.ts";
import { newReader, type Reader } from "./reader.ts";

/**
 * A module that `assemble` made, in the text format: what each function is called stands beside its number, and parsed
 * again the text is the same module.
 */
export const wasmModuleText = (bytes: Uint8Array): string => {
  const sections = sectionsOf(bytes);
  const within = <A>(id: number, read: (reader: Reader) => A, none: A): A => {
    const content = sections.get(id);
    return content === undefined ? none : read(newReader(content));
  };
  const types = within(1, (reader) => reader.list(() => typeOf(reader)), []);
  const imports = within(2, (reader) => reader.list(() => importOf(reader)), []);
  const functions = within(3, (reader) => reader.list(reader.unsigned), []);
  const exports = within(7, (reader) => reader.list(() => exportOf(reader)), []);
  const names = within(0, namesOf, new Map<number, string>());
  const memory = within(5, (reader) => reader.list(() => [reader.byte(), reader.unsigned()][1]!), []);
  const title = (index: number): string => {
    const name = names.get(index);
    return `(;${index}${name === undefined ? "" : `: ${name.replaceAll(/[(;)]/g, " ").trim()}`};)`;
  };
  const bodies = within(
    10,
    (reader) =>
      reader.list(() => {
        const end = reader.unsigned() + reader.place();
        const locals = reader.list(() => [reader.unsigned(), typeName(reader.byte())] as const);
        return {
          locals: locals.flatMap(([count, type]) => Array<string>(count).fill(type)),
          lines: bodyLines(reader, end),
        };
      }),
    [],
  );
  return [
    "(module",
    ...types.map((type, i) => `  (type (;${i};) (func${type}))`),
    ...imports.map(({ from, name, type }, i) => `  (import "${from}" "${name}" (func ${title(i)} (type ${type})))`),
    ...functions.flatMap((type, i) => [
      `  (func ${title(imports.length + i)} (type ${type})`,
      ...(bodies[i]!.locals.length === 0 ? [] : [`    (local ${bodies[i]!.locals.join(" ")})`]),
      ...bodies[i]!.lines,
      "  )",
    ]),
    ...memory.map((pages) => `  (memory ${pages})`),
    ...exports.map(({ name, kind, index }) => `  (export "${name}" (${kind} ${index}))`),
    ")",
    "",
  ].join("\n");
};

/** The content of each section, by its number; the last one of each. */
const sectionsOf = (bytes: Uint8Array): ReadonlyMap<number, Uint8Array> => {
  const reader = newReader(bytes);
  reader.bytes(8);
  const found = new Map<number, Uint8Array>();
  while (!reader.isAtEnd()) found.set(reader.byte(), reader.bytes(reader.unsigned()));
  return found;
};

const typeOf = (reader: Reader): string => {
  reader.byte();
  const [params, results] = [0, 1].map(() => reader.list(() => typeName(reader.byte())));
  const listed = (what: string, list: ReadonlyArray<string>): string =>
    list.length === 0 ? "" : ` (${what} ${list.join(" ")})`;
  return listed("param", params!) + listed("result", results!);
};

const importOf = (reader: Reader): { readonly from: string; readonly name: string; readonly type: number } => {
  const [from, name] = [reader.text(), reader.text()];
  reader.byte();
  return { from, name, type: reader.unsigned() };
};

const exportOf = (reader: Reader): { readonly name: string; readonly kind: string; readonly index: number } => {
  const name = reader.text();
  return { name, kind: reader.byte() === 0x02 ? "memory" : "func", index: reader.unsigned() };
};

/** The names of functions, in the section `name`. */
const namesOf = (reader: Reader): ReadonlyMap<number, string> => {
  reader.text();
  reader.byte();
  reader.unsigned();
  return new Map(reader.list(() => [reader.unsigned(), reader.text()]));
};
