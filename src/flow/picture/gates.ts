import { type Band, type Curve, curves } from "../../views/chart/curves.ts";
import type { Panel } from "../../views/chart/panel.ts";
import { counting, linear } from "../../views/chart/scale.ts";
import { nearlyOpen, nearlyShut } from "../gates.ts";
import type { Portrait } from "./portrait.ts";

/** A panel for each gate: its mean at each position, before training dashed, and the shares that are nearly shut and open. */
export const gatePanels = ({ flows }: Portrait): ReadonlyArray<Panel> => {
  const last = flows.at(-1)!.flow.gates;
  return last.map(({ name, below, above }, g) => {
    const drawn = flows.map(
      ({ when, flow }, f): Curve => ({
        name: when === "" ? "mean" : when.split(" ")[0]!,
        colour: 2,
        look: f < flows.length - 1 ? "dashed" : "line",
        points: flow.gates[g]!.mean.map((value, t) => [t + 1, value] as const),
      }),
    );
    const bands: ReadonlyArray<Band> = [
      { name: `< ${nearlyShut}`, colour: 0, points: below.map((share, t) => [t + 1, 0, share] as const) },
      { name: `> ${nearlyOpen}`, colour: 1, points: above.map((share, t) => [t + 1, 1 - share, 1] as const) },
    ];
    return curves(
      {
        title: `${name}: mean, and shares shut and open`,
        x: "position",
        y: "mean; share",
        across: counting(1, Math.max(2, below.length)),
        up: linear(0, 1),
      },
      drawn,
      bands,
    );
  });
};
