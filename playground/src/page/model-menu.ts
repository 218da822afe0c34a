import type { Starter } from "../starters.ts";
import { choice, element } from "./element.ts";

/** The models to begin from. What is not, or no longer, one of them stands there as one's own. */
export const modelMenu = (
  models: ReadonlyArray<Pick<Starter, "name" | "title">>,
  begin: (name: string) => void,
): { readonly content: HTMLSelectElement; readonly show: (name: string | undefined) => void } => {
  const own = element("option", { value: "" }, "your own program");
  const content = choice(
    models.map(({ name, title }) => [name, title]),
    begin,
  );
  return {
    content,
    show: (name) => {
      if (name === undefined) content.prepend(own);
      else own.remove();
      content.value = name ?? "";
    },
  };
};
