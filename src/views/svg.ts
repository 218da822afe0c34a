import { forDarkPaper } from "./dark.ts";
import type { Diagram } from "./diagram/diagram.ts";
import { diagramDot } from "./dot.ts";

/** A diagram as Graphviz lays it out, on light and on dark paper. */
export const diagramSvg = async (diagram: Diagram): Promise<string> => forDarkPaper(await dotSvg(diagramDot(diagram)));

/** A picture in the language of Graphviz, laid out and drawn. The layout is loaded when first needed: it is large. */
export const dotSvg = async (dot: string): Promise<string> => {
  const { instance } = await import("@viz-js/viz");
  return (await instance()).renderString(dot, { format: "svg" }).replaceAll('font-family="Verdana"', fonts);
};

/** The layout goes by the widths of Verdana; DejaVu Sans has the same. */
const fonts = 'font-family="Verdana,DejaVu Sans,sans-serif"';
