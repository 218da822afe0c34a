import type { Rule } from "./recover.ts";

/** What could have stood where a match failed, in human words, from the names that the grammar gives its parts. */
export const expectation = (rule: Rule | "Program", failures: ReadonlyArray<string>): string => {
  const could = new Set(failures);
  const begins = could.has("a number") && !could.has("an operator");
  const continues = could.has("an operator");
  const marks = closers
    .filter((text) => could.has(text) && !(continues && operatorsToo.has(text)))
    .map((text) => `\`${text}\``);
  const ends = could.has("end of input") || could.has("the end of the line") ? [ending[rule]] : [];
  const words = could.has("axis")
    ? ["a statement"]
    : could.has("model")
      ? ["`model`, `cell` or `import`"]
      : begins
        ? ["an expression"]
        : continues
          ? ["an operator", ...marks, ...ends]
          : [
              ...["a name", "a quoted file"].filter((text) => could.has(text)),
              ...(could.has("an equals sign") ? ["`=`"] : []),
              ...(could.has("R") ? ["a type (`R`, `R[n]`, `symbol[V]`, `position[T]`)"] : []),
              ...marks,
              ...ends,
            ];
  return words.length === 0 ? ending[rule] : listed(words);
};

const closers = [")", "]", "}", ",", ";", "..", "->", "(", "[", "{", ":", "~", "in", "from", "then", "else", "with"];
/** Where an expression may go on, these do not help. */
const operatorsToo = new Set(["(", "[", "with"]);

const ending: { readonly [R in Rule | "Program"]: string } = {
  Program: "the end of the line",
  Item: "the end of the line",
  DefinitionHead: "`{`",
  Statement: "the end of the line",
  ForHead: "`{`",
};

const listed = (words: ReadonlyArray<string>): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
