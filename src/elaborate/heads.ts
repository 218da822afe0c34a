import type { Definition, Name, Program } from "../syntax/tree.ts";
import type { Problem } from "./problem.ts";

/** What is wrong with the names and indices of definitions, whether they are applied or not. */
export const headProblems = ({ definitions }: Program): ReadonlyArray<Problem> =>
  definitions.flatMap((definition) => [...namedTwice(namesOf(definition)), ...indicesOf(definition)]);

/** The static parameters and the arguments: all of them are known inside by their names. */
const namesOf = (definition: Definition): ReadonlyArray<Name> => [
  ...(definition.tag === "function" ? [] : definition.statics.map(({ name }) => name)),
  ...(definition.tag === "model" ? [] : definition.arguments.map(({ name }) => name)),
];

const namedTwice = (names: ReadonlyArray<Name>): ReadonlyArray<Problem> =>
  names.flatMap(({ text, span }, i): ReadonlyArray<Problem> => {
    const first = names.findIndex((name) => name.text === text);
    return first === i ? [] : [{ tag: "definedTwice", span, name: text, first: names[first]!.span }];
  });

/** The indices of an argument are letters, each another one. */
const indicesOf = (definition: Definition): ReadonlyArray<Problem> =>
  definition.tag === "model"
    ? []
    : definition.arguments.flatMap(({ indices }) =>
        indices.flatMap((index, i): ReadonlyArray<Problem> => {
          const { span } = index;
          if (index.tag !== "name")
            return [{ tag: "unsupported", span, what: "An argument at another index than a letter" }];
          const isFirst = indices.findIndex((other) => other.tag === "name" && other.text === index.text) === i;
          return isFirst ? [] : [{ tag: "unsupported", span, what: "The same letter twice in an argument" }];
        }),
      );
