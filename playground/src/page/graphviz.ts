import type { Answer } from "../protocol.ts";
import { workerOf } from "./own-script.ts";
import { newQueue } from "./queue.ts";

/** What draws pictures is large: it is a script of its own (`src/graphviz.ts`), loaded when a picture is first wanted. */
declare global {
  var rnncGraphviz: (() => void) | undefined;
}

/** Draws a graph in the language of Graphviz as SVG, in a worker. */
export type Draw = (graph: string) => Promise<Answer<string>>;

export const newDraw = (): Draw => {
  const queue = newQueue<string, string>(async () => {
    await loaded();
    return workerOf(String(globalThis.rnncGraphviz));
  });
  return (graph) => queue("picture", graph);
};

const loaded = (): Promise<void> =>
  globalThis.rnncGraphviz === undefined
    ? new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = "graphviz.js";
        script.addEventListener("load", () => done());
        script.addEventListener("error", () => fail(new Error("What draws pictures (graphviz.js) cannot be loaded.")));
        document.head.append(script);
      })
    : Promise.resolve();
