import { letterOf, upright } from "./letters.ts";

/** A word as a letter with what stands below it. */
export interface Letter {
  readonly letter: string;
  readonly below: ReadonlyArray<string>;
}

/**
 * A word as lecturers write it, if they have a form for it: `Whh` is W_hh, `sigma1` σ_1, `h_tilde` an h under a tilde. Of
 * small letters only a parameter's name is a letter and what stands below it: `bz`, but not `id`.
 */
export const letterOfWord = (word: string, isParameter: boolean): Letter | undefined => {
  for (const form of forms) {
    const found = form(word, isParameter);
    if (found !== undefined) return found;
  }
  return undefined;
};

type Form = (word: string, isParameter: boolean) => Letter | undefined;

const alone = (letter: string | undefined, ...below: ReadonlyArray<string>): Letter | undefined =>
  letter === undefined ? undefined : { letter, below };

const accents = ["tilde", "hat", "bar", "dot"] as const;

const accented = (word: string): string | undefined => {
  const accent = accents.find((each) => word.endsWith(each) && word.length > each.length);
  const letter = accent === undefined ? undefined : letterOf(word.slice(0, -accent.length).replace(/_$/, ""));
  return letter === undefined ? undefined : `\\${accent}{${letter}}`;
};

/** The first that fits holds. */
const forms: ReadonlyArray<Form> = [
  // alpha, W, θ
  (word) => alone(letterOf(word)),
  // h_tilde, yhat
  (word) => alone(accented(word)),
  // W_hf, h_tilde_1, keep_max
  (word, isParameter) => {
    const place = word.lastIndexOf("_");
    const [head, rest] = [word.slice(0, place), word.slice(place + 1)];
    if (place < 1 || rest === "" || head.endsWith("_")) return undefined;
    const { letter, below } = letterOfWord(head, isParameter) ?? { letter: upright(head), below: [] };
    return alone(letter, ...below, script(rest));
  },
  // sigma1, s0
  (word) => {
    const [, head = "", digits = ""] = /^(\D+)(\d+)$/.exec(word) ?? [];
    return digits === "" ? undefined : alone(letterOf(head) ?? accented(head), digits);
  },
  // Whh, WC, Wh1
  (word) => split(word, /^(\p{Lu})([\p{L}\d]{1,3})$/u),
  // bz, bhh, of parameters
  (word, isParameter) => (isParameter ? split(word, /^(\p{Ll})(\p{L}\d?)$|^(b)(\p{L}{2})$/u) : undefined),
  // Walpha
  (word) => {
    const rest = letterOf(word.slice(1));
    return rest?.startsWith("\\") === true && /^\p{Lu}/u.test(word) ? alone(word.slice(0, 1), rest) : undefined;
  },
];

const split = (word: string, pattern: RegExp): Letter | undefined => {
  const [letter, below] = (pattern.exec(word) ?? []).slice(1).filter((part) => part !== undefined);
  return letter === undefined || below === undefined ? undefined : alone(letter, script(below));
};

/** What stands below a letter: letters of their own as in W_hh, or a word. */
export const script = (text: string): string => {
  const letter = letterOf(text);
  if (letter !== undefined) return letter;
  return /^(?!in$)\p{L}{0,2}\d*$/u.test(text) ? text : upright(text);
};
