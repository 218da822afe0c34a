import type { CContents } from "./contents.ts";
import { declarationText, functionsOf } from "./declarations.ts";
import type { Names } from "./names.ts";
import { structsText } from "./structs.ts";

/** The declarations of a module in C, which C++ takes as well. */
export const headerText = (contents: CContents, names: Names): string => {
  const { prefix } = names;
  return [
    `#ifndef RNNC_${prefix}_H`,
    `#define RNNC_${prefix}_H`,
    "#include <stddef.h>",
    "#include <stdint.h>",
    "",
    "#ifdef __cplusplus",
    'extern "C" {',
    "#endif",
    "",
    ...errorsText(names),
    "",
    ...structsText(contents, names),
    ...functionsOf(contents, names).flatMap(declarationText),
    "",
    "#ifdef __cplusplus",
    "}",
    "#endif",
    "#endif",
    "",
  ].join("\n");
};

const errorsText = ({ prefix }: Names): ReadonlyArray<string> => [
  "/* What functions return: 0, or why nothing was done. */",
  "enum {",
  `  ${prefix}_ok = 0,`,
  `  ${prefix}_wrong_size = 1, /* no example, or sizes beyond this machine's */`,
  `  ${prefix}_wrong_length = 2, /* a length that is negative, above the greatest, or that the model has no use for */`,
  `  ${prefix}_wrong_value = 3, /* a symbol, a position or a truth that is none */`,
  `  ${prefix}_missing = 4, /* a pointer to something that is needed is NULL */`,
  `  ${prefix}_unaligned = 5, /* memory that does not begin where malloc's would */`,
  `  ${prefix}_ended = 6 /* data that go on after the symbol that ends their sequence */`,
  "};",
];
