/** A text as a terminal shows it: tabs become spaces, and characters that would act on the terminal are replaced. */
export const displayed = (text: string): string => cells(text).join("");

/** How many columns of a terminal a text takes. */
export const displayWidth = (text: string): number =>
  [...displayed(text)].reduce((width, character) => width + widthOf(character), 0);

const tabStop = 4;

/** What each character is shown as. */
const cells = (text: string): ReadonlyArray<string> => {
  const shown: string[] = [];
  let column = 0;
  for (const character of text) {
    const cell =
      character === "\t" ? " ".repeat(tabStop - (column % tabStop)) : acting.test(character) ? "\uFFFD" : character;
    shown.push(cell);
    column += character === "\t" ? cell.length : widthOf(cell);
  }
  return shown;
};

const widthOf = (character: string): number => (zero.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** Controls, and the marks that turn the direction of writing. */
const acting = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029\p{Cs}]/u;
const zero = /[\p{Mn}\p{Me}\u200B-\u200D\u2060\uFEFF]/u;
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
