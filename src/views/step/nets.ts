import { groupBy } from "../group-by.ts";
import { isPort, type Step } from "./step.ts";

/** What is drawn as one line that branches: of one node, or of several ports that the same nodes read. */
export interface Net {
  readonly sources: ReadonlyArray<number>;
  readonly sinks: ReadonlyArray<number>;
}

/** Lines that come in and go to the same places are one, as on slides the last state and the input. */
export const netsOf = ({ nodes, wires, belts }: Step): ReadonlyArray<Net> => {
  const carried = new Set(belts.map(({ before }) => before));
  const sinksOf = (place: number): ReadonlyArray<number> =>
    wires.flatMap(({ from, to }) => (from === place ? [to] : []));
  const sources = [...nodes.keys()].filter((place) => sinksOf(place).length > 0);
  const isJoined = (place: number): boolean =>
    isPort(nodes[place]!) && !carried.has(place) && sinksOf(place).length > 1;
  const joined = groupBy(sources.filter(isJoined), (place) =>
    JSON.stringify([...sinksOf(place)].sort((a, b) => a - b)),
  );
  return [
    ...sources.filter((place) => !isJoined(place)).map((place) => ({ sources: [place], sinks: sinksOf(place) })),
    ...[...joined.values()].map((places) => ({ sources: places, sinks: sinksOf(places[0]!) })),
  ];
};
