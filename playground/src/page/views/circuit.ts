import type { Ask } from "../client.ts";
import { element } from "../element.ts";
import type { Draw } from "../graphviz.ts";
import type { View } from "../view.ts";
import { showingPicture } from "./picture.ts";

/** The circuit diagram of a model: a black square for each delay. */
export const circuitView = (ask: Ask, draw: Draw): View => {
  const content = element("div", {}, element("p", { class: "soft" }, "Drawing …"));
  const show = showingPicture(ask, draw, content);
  return {
    name: "circuit",
    title: "Circuit",
    content,
    show: (right) => show(right, { tag: "circuit" }, "The circuit"),
  };
};
