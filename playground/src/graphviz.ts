import { instance } from "@viz-js/viz";

/** A worker that draws: it is sent graphs in the language of Graphviz, and sends back SVG. */
const engine = instance();

const draw = async (graph: string): Promise<unknown> => {
  try {
    // The layout goes by the widths of Verdana; DejaVu Sans has the same.
    const drawn = (await engine).renderString(graph, { format: "svg" });
    return {
      tag: "told",
      value: drawn.replaceAll('font-family="Verdana"', 'font-family="Verdana,DejaVu Sans,sans-serif"'),
    };
  } catch (error) {
    return { tag: "failed", text: error instanceof Error ? error.message : String(error) };
  }
};

self.addEventListener("message", async ({ data }: MessageEvent<string>) => self.postMessage(await draw(data)));
