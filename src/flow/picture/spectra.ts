import { type Curve, curves } from "../../views/chart/curves.ts";
import type { Panel } from "../../views/chart/panel.ts";
import { counting, linear } from "../../views/chart/scale.ts";
import type { Portrait } from "./portrait.ts";

/** So many matrices stand in one panel. */
const inPanel = 2;

/** Their singular values, the greatest first: before training dashed. */
export const spectrumPanels = ({ flows }: Portrait): ReadonlyArray<Panel> => {
  const all = flows.map(({ flow }) => flow.spectra);
  const names = all[0]!.map(({ name }) => name);
  const greatest = all.flat().reduce((most, { singularValues }) => Math.max(most, singularValues[0] ?? 0), 1);
  return Array.from({ length: Math.ceil(names.length / inPanel) }, (_, p) => {
    const chosen = names.slice(p * inPanel, (p + 1) * inPanel);
    const drawn = chosen.flatMap((name, i) =>
      all.map(
        (spectra, f): Curve => ({
          name: flows.length > 1 ? `${name} ${flows[f]!.when.split(" ")[0]}` : name,
          colour: i,
          look: f < flows.length - 1 ? "dashed" : "line",
          points: spectra[p * inPanel + i]!.singularValues.map((value, rank) => [rank + 1, value] as const),
        }),
      ),
    );
    const most = drawn.reduce((size, { points }) => Math.max(size, points.length), 2);
    return curves(
      {
        title: `Singular values of ${chosen.join(" and ")}`,
        x: "rank",
        y: "singular value",
        across: counting(1, most),
        up: linear(0, greatest),
      },
      drawn,
    );
  });
};
