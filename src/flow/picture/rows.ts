import { type Band, type Curve, curves } from "../../views/chart/curves.ts";
import type { Panel } from "../../views/chart/panel.ts";
import { counting, logarithmic, type Scale } from "../../views/chart/scale.ts";
import type { ByDistance } from "../distances.ts";
import type { StateFlow } from "../flow.ts";
import { summaryText } from "../summary.ts";
import { aroundOne, byAmount } from "./colours.ts";
import { gatePanels } from "./gates.ts";
import { heatMap } from "./heat-map.ts";
import type { Portrait } from "./portrait.ts";
import { movedLetter, type Row } from "./row.ts";
import { spectrumPanels } from "./spectra.ts";
import { termRows } from "./terms.ts";

export const rowsOf = (portrait: Portrait): ReadonlyArray<Row> => {
  const { flows } = portrait;
  const states = flows[0]!.flow.states.flatMap((_, s) => {
    const all = flows.map(({ flow }) => flow.states[s]!);
    const scales = scalesOf(all);
    return flows.map(({ when }, i) => stateRow(when, all[i]!, scales));
  });
  const spectra = spectrumPanels(portrait);
  const gates = gatePanels(portrait);
  return [
    ...states,
    ...termRows(portrait),
    ...(spectra.length === 0 ? [] : [{ heading: "Recurrent matrices", notes: [], panels: spectra }]),
    ...(gates.length === 0 ? [] : [{ heading: "Gates", notes: [], panels: gates }]),
  ];
};

/** Of a state before and after training, so that the same colour and the same height are the same number. */
interface Scales {
  readonly norm: Scale;
  readonly loss: Scale;
  readonly distance: Scale;
}

const scalesOf = (all: ReadonlyArray<StateFlow>): Scales => ({
  norm: logarithmic(
    all.flatMap(({ spectral }) => spectral.flat()),
    0.1,
    10,
  ),
  loss: logarithmic(all.flatMap(({ loss, wholeLoss }) => loss?.flat() ?? wholeLoss ?? [])),
  distance: logarithmic(
    all.flatMap(({ byDistance }) => byDistance.flatMap(({ least, greatest }) => [least, greatest])),
    0.1,
    2,
    // Bounds that grow without end are shown as far as they tell something.
    Math.min(100 * greatestIn(all), Math.max(...all.flatMap(({ byDistance }) => byDistance.flatMap(boundsOf)), 0)),
  ),
});

const greatestIn = (all: ReadonlyArray<StateFlow>): number =>
  all.flatMap(({ byDistance }) => byDistance.map(({ greatest }) => greatest)).reduce((a, b) => Math.max(a, b), 1);

const boundsOf = ({ product, bound }: ByDistance): ReadonlyArray<number> =>
  [product, bound].flatMap((value) => (value === null || !Number.isFinite(value) ? [] : [value]));

const stateRow = (when: string, flow: StateFlow, scales: Scales): Row => {
  const { name, axis } = flow;
  return {
    heading: when === "" ? name : `${name}, ${when}`,
    notes: [summaryText(flow)],
    panels: [normMap(flow, scales.norm), distanceCurves(flow, scales.distance), ...lossPanel(flow, axis, scales.loss)],
  };
};

const written = ({ name }: StateFlow): string => (name.includes(",") ? `(${name})` : name);

const slopeText = (flow: StateFlow, of = written(flow)): string =>
  `‖∂${of}[${flow.axis}]/∂${written(flow)}[${movedLetter(flow.axis)}]‖`;

const normMap = (flow: StateFlow, scale: Scale): Panel =>
  heatMap({
    title: slopeText(flow),
    x: flow.axis,
    y: movedLetter(flow.axis),
    positions: flow.positions,
    values: flow.spectral,
    scale,
    colour: aroundOne,
  });

const distanceCurves = (flow: StateFlow, up: Scale): Panel => {
  const { byDistance, axis } = flow;
  const far = byDistance.at(-1)?.distance ?? 0;
  const along = (value: (at: ByDistance) => number | null): Curve["points"] =>
    byDistance.flatMap((at) => {
      const found = value(at);
      return found === null ? [] : [[at.distance, found] as const];
    });
  const drawn: ReadonlyArray<Curve> = [
    { name: "mean", colour: 0, look: "line", points: along(({ mean }) => mean) },
    { name: "product of steps", colour: 1, look: "dashed", points: along(({ product }) => product) },
    { name: "bound", colour: 4, look: "dotted", points: along(({ bound: value }) => value) },
  ];
  const band: Band = {
    name: "range",
    colour: 0,
    points: byDistance.map(({ distance, least, greatest }) => [distance, least, greatest] as const),
  };
  const k = movedLetter(axis);
  return curves(
    {
      title: `${slopeText(flow)} by distance`,
      x: `d = ${flow.isBothWays ? `|${axis} - ${k}|` : flow.isBackwards ? `${k} - ${axis}` : `${axis} - ${k}`}`,
      y: "norm",
      across: counting(0, Math.max(far, 1)),
      up,
    },
    drawn.filter(({ points }) => points.length > 0),
    [band],
  );
};

const lossPanel = (flow: StateFlow, axis: string, scale: Scale): ReadonlyArray<Panel> => {
  const { loss, wholeLoss, positions } = flow;
  const k = movedLetter(axis);
  if (loss !== null)
    return [
      heatMap({
        title: slopeText(flow, "L"),
        x: axis,
        y: k,
        positions,
        values: loss,
        scale,
        colour: byAmount,
      }),
    ];
  if (wholeLoss === null) return [];
  const points = positions.map((position, i) => [position, wholeLoss[i]!] as const);
  const drawn: Curve = { name: "", colour: 2, look: "line", points };
  const across = counting(positions[0] ?? 1, positions.at(-1) ?? 1);
  return [curves({ title: `‖∂L/∂${written(flow)}[${k}]‖`, x: k, y: "norm", across, up: scale }, [drawn])];
};
