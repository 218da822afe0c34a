/** Text that can end no comment, in ASCII. */
export const commentText = (text: string): string =>
  text
    .replace(/[^ -~]/gu, "?")
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .replaceAll("??", "? ");
