import { button } from "./element.ts";

/** Copies a text, and says for a moment that it has. */
export const copyButton = (title: string, text: () => string | Promise<string>): HTMLButtonElement => {
  const made = button(
    title,
    () => {
      void copied(text).then((isDone) => {
        made.textContent = isDone ? "Copied" : "Could not copy";
        setTimeout(() => {
          made.textContent = title;
        }, 1500);
      });
    },
    { "aria-live": "polite" },
  );
  return made;
};

const copied = async (text: () => string | Promise<string>): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(await text());
    return true;
  } catch {
    return false;
  }
};
