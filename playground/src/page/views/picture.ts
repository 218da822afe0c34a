import type { PictureOf } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { element } from "../element.ts";
import type { Draw } from "../graphviz.ts";
import { svgElement } from "../svg.ts";
import type { Right } from "../view.ts";

/** Shows a picture of a model in `content`: drawn, and as text. */
export const showingPicture = (ask: Ask, draw: Draw, content: HTMLElement) => {
  const asking = askingFor(ask, content);
  return ({ program, facts }: Right, of: PictureOf, title: string): void =>
    void asking("picture", { ...program, of }, async ({ graph, text }) => {
      const drawn = await draw(graph);
      if (drawn.tag === "stale") return;
      const picture =
        drawn.tag === "told"
          ? element("div", { class: "wide picture" }, svgElement(drawn.value, `${title} of ${facts.model}`))
          : element("p", { class: "state wrong" }, `The picture cannot be drawn: ${drawn.text}`);
      const isOpen = content.querySelector("details")?.open === true;
      content.replaceChildren(
        picture,
        element(
          "details",
          isOpen ? { open: true } : {},
          element("summary", {}, "As text"),
          element("pre", { class: "wide" }, text),
        ),
      );
    });
};
