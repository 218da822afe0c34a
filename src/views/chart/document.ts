import { element, escaped } from "../svg-elements.ts";
import { type Panel, style } from "./panel.ts";

/** A picture that stands by itself, on light and on dark paper. */
export const chartSvg = (title: string, { width, height, body }: Panel): string =>
  `${element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "chart", viewBox: `0 0 ${width} ${height}`, width, height },
    [
      element("title", {}, [escaped(title)]),
      element("style", {}, [style]),
      element("rect", { class: "paper", width, height }),
      body,
    ],
  )}\n`;
