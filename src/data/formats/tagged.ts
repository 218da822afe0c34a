import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { atFirst, type Format } from "./format.ts";
import { listsOf } from "./lists.ts";

/** A sentence on each line, a tag after the last slash of each word, as the Brown corpus has them: `The/at jury/nn`. */
export const tagged: Format = {
  description: "a sentence on each line as `word/tag word/tag`, in fields word and tag",
  cut: "lines",
  hasHeader: false,
  hasOwnNames: true,
  read: (text) =>
    pipe(
      text.trim().split(/\s+/),
      E.traverseArray((token) => {
        const slash = token.lastIndexOf("/");
        return slash > 0 && slash < token.length - 1
          ? E.right([token.slice(0, slash), token.slice(slash + 1)])
          : E.left(`I expected a word and its tag, as in \`jury/nn\`, and found \`${token}\``);
      }),
      E.bimap(atFirst, (pairs) => ({ fields: listsOf(["word", "tag"], pairs) })),
    ),
};
