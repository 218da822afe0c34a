import { button } from "./element.ts";

/** Copies a text, and says for a moment that it has. */
export const copyButton = (title: string, text: () => string): HTMLButtonElement => {
  const made = button(title, () => {
    void copied(text()).then((done) => {
      made.textContent = done ? "Copied" : "Could not copy";
      setTimeout(() => {
        made.textContent = title;
      }, 1500);
    });
  });
  return made;
};

const copied = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
