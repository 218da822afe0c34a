import type { PictureOf } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { download } from "../download.ts";
import { button, element } from "../element.ts";
import type { Draw } from "../graphviz.ts";
import { svgElement } from "../svg.ts";
import type { Right } from "../view.ts";

/** Shows a picture of a model in `content`: drawn, and as text. It is as wide as the view, or as it was drawn. */
export const showingPicture = (ask: Ask, draw: Draw, content: HTMLElement) => {
  const asking = askingFor(ask, content);
  let isFull = false;
  const drawing = (svg: string, title: string, file: string): HTMLElement => {
    const picture = element("div", { class: "wide picture" }, svgElement(svg, title));
    const show = (): void => {
      picture.classList.toggle("full", isFull);
      size.textContent = isFull ? "Fit to the width" : "Full size";
    };
    const size = button("", () => {
      isFull = !isFull;
      show();
    });
    show();
    const save = button("Download SVG", () => download(file, "image/svg+xml", svg));
    return element("div", {}, element("div", { class: "row" }, size, save), picture);
  };
  return ({ program, facts }: Right, of: PictureOf, title: string): void =>
    void asking("picture", { ...program, of }, async ({ graph, text }) => {
      const drawn = await draw(graph);
      if (drawn.tag === "stale") return;
      const picture =
        drawn.tag === "told"
          ? drawing(drawn.value, `${title} of ${facts.model}`, `${facts.model}-${of.tag}.svg`)
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
