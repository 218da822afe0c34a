import { greekLetters } from "./greek.ts";

/**
 * A user's names in a language of ASCII identifiers (C, Python, ONNX): one to one over `names`, none of `reserved`, the
 * same whatever else the program says. Letters, digits and single `_` stay; Greek letters are spelled out, `'` is
 * `_prime`, `.` is `_`, the rest stands by its code point. None begins with `_` or has `__`, which C++ and Python keep
 * for themselves. Where two names would be one, the later gets a number.
 */
export const mangled = (
  names: ReadonlyArray<string>,
  reserved: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> => {
  const taken = new Set(reserved);
  const result = new Map<string, string>();
  for (const name of names) {
    if (result.has(name)) continue;
    const chosen = firstFree(identifierOf(name), taken);
    taken.add(chosen);
    result.set(name, chosen);
  }
  return result;
};

/** An identifier that recalls a name; two names may share one. */
export const identifierOf = (name: string): string => {
  const spelled = Array.from(name, spell)
    .join("")
    .replaceAll(/_+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(spelled) ? spelled : `n_${spelled}`.replace(/_$/, "");
};

const firstFree = (wanted: string, taken: ReadonlySet<string>): string => {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? wanted : `${wanted}_${count}`;
    if (!taken.has(candidate)) return candidate;
  }
};

const spell = (character: string): string =>
  /[A-Za-z0-9_]/.test(character)
    ? character
    : (spellings.get(character) ?? `_u${character.codePointAt(0)!.toString(16)}_`);

const spellings: ReadonlyMap<string, string> = new Map([...greekLetters, ["'", "_prime"], [".", "_"]]);
