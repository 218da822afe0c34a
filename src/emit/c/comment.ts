/**
 * Text that can end no comment. Letters, marks and signs stand as they are: the files are UTF-8. What cannot be seen, as
 * ends of lines and marks that turn the direction of writing, stands by its code point.
 */
export const commentText = (text: string): string =>
  text
    .replace(
      /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu,
      (c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`,
    )
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .replaceAll(/\?(?=\?)/g, "? ");
