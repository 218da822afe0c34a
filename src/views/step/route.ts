import { type Net, netsOf } from "./nets.ts";
import { type Pin, pinsOf } from "./pins.ts";
import type { Box, Placed } from "./place.ts";
import { cheapestWay, directions, type Ground, type Heading } from "./search.ts";
import type { Step } from "./step.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A piece of a line, from corner to corner. It begins at a node or on its line; an arrow stands where it ends at a node. */
export interface Way {
  readonly from: number;
  /** Where it leads; of a port that joins a line, that port, from which it comes. */
  readonly to: number;
  readonly isJoining: boolean;
  readonly isBranch: boolean;
  readonly points: ReadonlyArray<Point>;
}

export interface Routed extends Placed {
  readonly ways: ReadonlyArray<Way>;
  /** How often lines of different nodes had to share a place: none where there was room. */
  readonly faults: number;
}

/** What a way costs besides its length; `near`: each step beside a box, where arrows need room. */
const costs = { bend: 3, branch: 2, crossing: 4, near: 1, fault: 80 };

/** Lines between all that stands: belts straight, the others each the cheapest way around what is there. */
export const routed = (step: Step, placed: Placed): Routed => {
  const field = fieldOf(placed);
  const nets = netsOf(step);
  const ways: Way[] = [];
  for (const { before, operations, after } of step.belts) {
    const stops = [before, ...operations, after];
    stops.slice(1).forEach((to, i) => {
      const from = stops[i]!;
      const line = straight(field, placed.boxes[from]!, placed.boxes[to]!);
      field.claim(
        nets.findIndex(({ sources }) => sources.includes(from)),
        line,
      );
      ways.push({ from, to, isJoining: false, isBranch: false, points: cornersOf(field, line) });
    });
  }
  const done = (net: Net, to: number): boolean => ways.some((way) => net.sources.includes(way.from) && way.to === to);
  for (const net of [...nets].sort((a, b) => spanOf(a, placed.boxes) - spanOf(b, placed.boxes))) {
    const near = (a: number, b: number): number =>
      distance(placed.boxes, net.sources[0]!, a) - distance(placed.boxes, net.sources[0]!, b);
    const goals = [...[...net.sinks].filter((to) => !done(net, to)).sort(near)].map((to) => ({ to, isJoining: false }));
    const joins = net.sources.slice(1).map((to) => ({ to, isJoining: true }));
    for (const { to, isJoining } of [...goals.slice(0, 1), ...joins, ...goals.slice(1)]) {
      const way = wayTo(step, placed, field, { net, id: nets.indexOf(net), to, isJoining });
      if (way !== undefined) ways.push(way);
    }
  }
  return { ...placed, ways, faults: field.faults() };
};

const distance = (boxes: ReadonlyArray<Box>, a: number, b: number): number =>
  Math.abs(boxes[a]!.x - boxes[b]!.x) + Math.abs(boxes[a]!.y - boxes[b]!.y);

/** Short lines first; those that branch most have the most room to go round. */
const spanOf = ({ sources, sinks }: Net, boxes: ReadonlyArray<Box>): number =>
  Math.max(...sinks.map((to) => distance(boxes, sources[0]!, to))) + 20 * (sinks.length - 1);

interface Wanted {
  readonly net: Net;
  readonly id: number;
  readonly to: number;
  readonly isJoining: boolean;
}

const wayTo = (step: Step, { boxes }: Placed, field: Field, { net, id, to, isJoining }: Wanted): Way | undefined => {
  const from = net.sources[0]!;
  const free = (pin: Pin): boolean => field.isFree(field.at(pin));
  const pins = (place: number, way: "into" | "out"): ReadonlyArray<Pin> =>
    pinsOf(step.nodes[place]!.kind, boxes[place]!, way).filter(free);
  const tree = field.branches(id);
  const starts =
    tree.length > 0
      ? tree
      : pins(from, "out").map((pin) => ({ at: field.at(pin), direction: pin.away, cost: pin.cost }));
  const ends = new Map(pins(to, isJoining ? "out" : "into").map((pin) => [field.at(pin), pin]));
  const line = cheapestWay(starts, field.ground(id, ends, boxes[to]!));
  if (line === undefined) return undefined;
  field.claim(id, line);
  return { from, to, isJoining, isBranch: tree.length > 0, points: cornersOf(field, line) };
};

/** The grid with what stands on it, while lines are laid. */
interface Field {
  readonly at: (point: Point) => number;
  readonly pointOf: (at: number) => Point;
  readonly isFree: (at: number) => boolean;
  readonly claim: (net: number, line: ReadonlyArray<number>) => void;
  /** Where a line that is there may branch. */
  readonly branches: (net: number) => ReadonlyArray<Heading>;
  readonly ground: (net: number, ends: ReadonlyMap<number, Pin>, goal: Box) => Ground;
  readonly faults: () => number;
}

const fieldOf = ({ boxes, width, height }: Placed): Field => {
  const across = width + 1;
  const count = across * (height + 1);
  const isBox = new Uint8Array(count);
  /** Which line lies there, by its direction: along or down. */
  const lying = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)] as const;
  const isNear = new Uint8Array(count);
  const isKnot = new Uint8Array(count);
  const lines = new Map<number, Array<ReadonlyArray<number>>>();
  let faults = 0;
  const at = ({ x, y }: Point): number => y * across + x;
  const pointOf = (place: number): Point => ({ x: place % across, y: Math.floor(place / across) });
  for (const { x, y, halfWidth, halfHeight } of boxes)
    for (let row = y - halfHeight; row <= y + halfHeight; row++)
      isBox.fill(1, at({ x: x - halfWidth, y: row }), at({ x: x + halfWidth, y: row }) + 1);
  for (const { x, y, halfWidth, halfHeight } of boxes)
    if (halfWidth > 0)
      for (let row = y - halfHeight - 1; row <= y + halfHeight + 1; row++)
        isNear.fill(1, at({ x: x - halfWidth - 1, y: row }), at({ x: x + halfWidth + 1, y: row }) + 1);
  const moved = (place: number, direction: number): number | undefined => {
    const [right, down] = directions[direction]!;
    const x = (place % across) + right;
    const to = place + right + down * across;
    return x < 0 || x > width || to < 0 || to >= count ? undefined : to;
  };
  const isEdge = (place: number): boolean => {
    const { x, y } = pointOf(place);
    return x === 0 || x === width || y === 0 || y === height;
  };
  const others = (place: number, net: number): boolean => lying.some((ids) => ids[place]! >= 0 && ids[place] !== net);
  const isOwn = (place: number, net: number): boolean => lying.some((ids) => ids[place] === net);
  const directionOf = (a: number, b: number): number => directions.findIndex((_, i) => moved(a, i) === b);

  const claim: Field["claim"] = (net, line) => {
    line.forEach((place, i) => {
      const into = i === 0 ? undefined : directionOf(line[i - 1]!, place);
      const out = i === line.length - 1 ? undefined : directionOf(place, line[i + 1]!);
      for (const direction of [into, out]) {
        if (direction === undefined) continue;
        const ids = lying[direction % 2]!;
        if (ids[place]! >= 0 && ids[place] !== net) faults += 1;
        ids[place] = net;
      }
      if (into === undefined || into !== out) isKnot[place] = 1;
    });
    lines.set(net, [...(lines.get(net) ?? []), line]);
  };
  const branches: Field["branches"] = (net) =>
    (lines.get(net) ?? []).flatMap((line) =>
      line.slice(1, -1).flatMap((place, i) =>
        others(place, net)
          ? []
          : directions.map((_, direction) => ({
              at: place,
              direction,
              cost:
                (direction === directionOf(line[i]!, place) ? 0 : costs.branch) + (isNear[place] ? 2 * costs.near : 0),
            })),
      ),
    );
  const ground: Field["ground"] = (net, ends, goal) => ({
    places: count,
    atLeast: (place) => distanceTo(goal, pointOf(place)),
    step: (heading, direction) => {
      const to = moved(heading.at, direction);
      if (to === undefined || direction === (heading.direction + 2) % 4 || isOwn(to, net)) return undefined;
      if (isBox[heading.at] && direction !== heading.direction) return undefined;
      const pin = ends.get(to);
      if ((isBox[to] || isEdge(to)) && (pin === undefined || pin.away !== (direction + 2) % 4)) return undefined;
      const isTurn = direction !== heading.direction;
      const onOthers =
        (isTurn && others(heading.at, net)) || lying[direction % 2]![to]! >= 0 || (others(to, net) && isKnot[to]);
      const cost =
        1 +
        (isTurn ? costs.bend : 0) +
        (isNear[to] && pin === undefined ? costs.near : 0) +
        (isTurn && isNear[heading.at] ? 2 * costs.near : 0) +
        (onOthers ? costs.fault : others(to, net) ? costs.crossing : 0);
      return { at: to, cost: heading.cost + cost };
    },
    end: ({ at: place }) => ends.get(place)?.cost,
  });
  return {
    at,
    pointOf,
    isFree: (place) => lying.every((ids) => ids[place]! < 0),
    claim,
    branches,
    ground,
    faults: () => faults,
  };
};

const distanceTo = ({ x, y, halfWidth, halfHeight }: Box, point: Point): number =>
  Math.max(0, Math.abs(point.x - x) - halfWidth) + Math.max(0, Math.abs(point.y - y) - halfHeight);

/** From the right of one box to the left of the next on its belt. */
const straight = (field: Field, from: Box, to: Box): ReadonlyArray<number> => {
  const [start, end] = [from.x + from.halfWidth, to.x - to.halfWidth];
  return Array.from({ length: end - start + 1 }, (_, i) => field.at({ x: start + i, y: from.y }));
};

/** The ends of a line, and where it turns. */
const cornersOf = ({ pointOf }: Field, line: ReadonlyArray<number>): ReadonlyArray<Point> => {
  const points = line.map(pointOf);
  return points.filter((point, i) => {
    const [last, next] = [points[i - 1], points[i + 1]];
    return (
      last === undefined ||
      next === undefined ||
      (last.x - point.x) * (next.y - point.y) !== (last.y - point.y) * (next.x - point.x)
    );
  });
};
