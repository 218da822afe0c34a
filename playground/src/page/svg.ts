import type { Child } from "./element.ts";

/** A picture as a part of the page, with what it is called for those who cannot see it. */
export const svgElement = (text: string, title: string): Child => {
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  const picture = document.importNode(documentElement, true);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", title);
  const [, width, unit] = /^([\d.]+)(\w*)$/.exec(picture.getAttribute("width") ?? "") ?? [];
  // How wide it was drawn, for the page's style.
  if (width !== undefined) picture.setAttribute("style", `--drawn: ${width}${unit || "px"}`);
  return picture;
};
