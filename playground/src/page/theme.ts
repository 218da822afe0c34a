import { button } from "./element.ts";

type Theme = "light" | "dark";

/** Light or dark as the system has it, until one chooses. */
export const themeButton = (): HTMLButtonElement => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen: Theme | undefined;
  const current = (): Theme => chosen ?? (system.matches ? "dark" : "light");
  const show = (): void => {
    document.documentElement.dataset.theme = current();
    const other = current() === "dark" ? "Light" : "Dark";
    made.textContent = other;
    made.setAttribute("aria-label", `${other} colours`);
    document.dispatchEvent(new Event("theme"));
  };
  const made = button("", () => {
    chosen = current() === "dark" ? "light" : "dark";
    show();
  });
  system.addEventListener("change", show);
  show();
  return made;
};
