import { identifierOf } from "../../mangle.ts";

/** Names in Python: each is given once. */
export interface Names {
  /** What recalls a name of the program. */
  readonly of: (name: string) => string;
  readonly fresh: (wanted: string) => string;
  /** One of which the same holds with these letters after it, some or all. */
  readonly freshIn: (wanted: string, letters: ReadonlyArray<string>) => string;
}

export const newNames = (reserved: ReadonlyArray<string>): Names => {
  const taken = new Set([...pythonWords, ...reserved]);
  const forms = (name: string, letters: ReadonlyArray<string>): ReadonlyArray<string> =>
    [...letters.keys(), letters.length].map((count) => [name, ...letters.slice(0, count)].join("_"));
  const freshIn = (wanted: string, letters: ReadonlyArray<string>): string => {
    for (let count = 1; ; count += 1) {
      const candidate = count === 1 ? wanted : `${wanted}_${count}`;
      const all = forms(candidate, letters);
      if (all.some((form) => taken.has(form))) continue;
      for (const form of all) taken.add(form);
      return candidate;
    }
  };
  return { of: (name) => identifierOf(name), fresh: (wanted) => freshIn(wanted, []), freshIn };
};

/** Words of Python, and what the printed text speaks of. */
export const pythonWords: ReadonlyArray<string> = [
  "False None True and as assert async await break class continue def del elif else except finally for from global if",
  "import in is lambda nonlocal not or pass raise return try while with yield match case type",
  "torch nn F self super range reversed int float len list dict tuple str bytes sum max min abs print object property json struct math",
  "isinstance zip enumerate set sorted any all map bool type open",
  "dtype device B batch number whole truth full stacked longest shifted pick position within greatest finite absorbing softmax_inside product times power softplus outputs state inputs",
].flatMap((words) => words.split(" "));
