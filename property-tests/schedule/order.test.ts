import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Axis, type TimeAxis, timeAxis } from "../../src/circuit/axis.ts";
import { CompilerFault } from "../../src/fault.ts";
import type { Dependence, Mapping } from "../../src/schedule/order/dependence.ts";
import { type Graph, idsOf, type Ordered, order } from "../../src/schedule/order/order.ts";

/** Orders of random dependence graphs over two axes, carried out turn by turn: nothing is read before it is written. */
const extents: Readonly<Record<string, number>> = { t: 3, u: 2 };
const axes: ReadonlyArray<TimeAxis> = Object.entries(extents).map(([key, size], rank) =>
  timeAxis(key, rank, { tag: "fixed", size }),
);
const [t, u] = axes as [TimeAxis, TimeAxis];

interface Statements {
  readonly axes: ReadonlyArray<ReadonlyArray<Axis>>;
  readonly reads: ReadonlyArray<ReadonlyArray<Dependence>>;
}

const graphOf = (statements: Statements): Graph => ({
  axesOf: (id) => statements.axes[id]!,
  dependencesOf: (id) => statements.reads[id]!,
});

const idsIn = (statements: Statements): ReadonlyArray<number> => statements.axes.map((_, id) => id);

type Place = Readonly<Record<string, number>>;

const placesOf = (over: ReadonlyArray<Axis>): ReadonlyArray<Place> =>
  over.reduce<ReadonlyArray<Place>>(
    (places, { key }) =>
      places.flatMap((place) => Array.from({ length: extents[key]! }, (_, i) => ({ ...place, [key]: i }))),
    [{}],
  );

/** The positions of the producer that are read at a place of the consumer: all, along an axis that is not mapped. */
const positionsRead = (over: ReadonlyArray<Axis>, mapping: Mapping, place: Place): ReadonlyArray<Place> =>
  placesOf(over).filter((at) =>
    over.every(({ key }) => {
      const found = mapping.get(key);
      return found === undefined || at[key] === place[found.key]! - found.shift;
    }),
  );

const named = (id: number, place: Place): string => `${id} at ${axes.map(({ key }) => place[key] ?? "-").join()}`;

/** Carries an order out; the first value that is read before it is written, or written twice. */
const mistakeIn = (statements: Statements, ordered: ReadonlyArray<Ordered>): string | undefined => {
  const written = new Set<string>();
  const run = (items: ReadonlyArray<Ordered>, turn: Place): string | undefined => {
    for (const item of items) {
      const mistake = item.tag === "statement" ? compute(item.id, turn) : loop(item, turn);
      if (mistake !== undefined) return mistake;
    }
    return undefined;
  };
  const loop = ({ axis, descending, body }: Extract<Ordered, { tag: "scan" }>, turn: Place): string | undefined => {
    const turns = Array.from({ length: extents[axis.key]! }, (_, i) => i);
    for (const i of descending ? turns.reverse() : turns) {
      const mistake = run(body, { ...turn, [axis.key]: i });
      if (mistake !== undefined) return mistake;
    }
    return undefined;
  };
  // Outside of its axes' loops a statement is computed at all positions at once: it may not read itself there.
  const compute = (id: number, turn: Place): string | undefined => {
    const own = placesOf(statements.axes[id]!).filter((place) =>
      Object.entries(turn).every(([key, i]) => place[key] === undefined || place[key] === i),
    );
    for (const place of own)
      for (const { on, mapping } of statements.reads[id]!)
        for (const at of positionsRead(statements.axes[on]!, mapping, place))
          if (!written.has(named(on, at))) return `${named(id, place)} reads ${named(on, at)}`;
    for (const place of own) {
      if (written.has(named(id, place))) return `${named(id, place)} is written again`;
      written.add(named(id, place));
    }
    return undefined;
  };
  return run(ordered, {});
};

const countOf = (ordered: ReadonlyArray<Ordered>): number => ordered.flatMap(idsOf).length;

const mappingOf = (shifts: Readonly<Record<string, number | undefined>>): Mapping =>
  new Map(
    Object.entries(shifts).flatMap(([key, shift]) => (shift === undefined ? [] : [[key, { key, shift }] as const])),
  );

/** Statements over both axes or one, that read each other at any distance or anywhere. */
const graphs = (
  shift: fc.Arbitrary<Readonly<Record<string, number | undefined>>>,
  over: fc.Arbitrary<ReadonlyArray<Axis>> = fc.constantFrom<ReadonlyArray<Axis>>([t, u], [t, u], [t], [u]),
): fc.Arbitrary<Statements> =>
  fc
    .integer({ min: 1, max: 4 })
    .chain((count) =>
      fc.record({
        axes: fc.array(over, {
          minLength: count,
          maxLength: count,
        }),
        reads: fc.array(
          fc.array(fc.record({ on: fc.nat(count - 1), mapping: shift.map(mappingOf) }), { maxLength: 3 }),
          { minLength: count, maxLength: count },
        ),
      }),
    )
    .map((statements) => ({
      ...statements,
      reads: statements.reads.map((reads, id) => reads.map(known(statements.axes, id))),
    }));

/** Along an axis that the consumer lacks nothing fixes where the producer is read; one that the producer lacks is no part of the reading. */
const known =
  (over: ReadonlyArray<ReadonlyArray<Axis>>, id: number) =>
  ({ on, mapping }: Dependence): Dependence => ({
    on,
    mapping: new Map(
      [...mapping].filter(([key]) => [over[on]!, over[id]!].every((all) => all.some((axis) => axis.key === key))),
    ),
  });

const anyShift = fc.constantFrom(-1, 0, 0, 1, undefined);
const anywhere = fc.record({ t: anyShift, u: anyShift });

/** Backwards or forwards along `first`, and where nothing is shifted on it, one way along `second` too. */
const oneWay = fc
  .tuple(fc.boolean(), fc.constantFrom(-1, 1), fc.constantFrom(-1, 1))
  .chain(([swapped, outer, inner]) => {
    const [first, second] = swapped ? ["u", "t"] : ["t", "u"];
    const far = fc.record({ a: fc.constant(outer), b: anyShift });
    const near = fc.record({ a: fc.constant(0), b: fc.constant(inner) });
    return fc.constant(fc.oneof(far, near).map(({ a, b }) => ({ [first]: a, [second]: b })));
  });

const orders = (statements: Statements): ReadonlyArray<Ordered> | undefined => {
  try {
    return order(graphOf(statements), idsIn(statements));
  } catch (error) {
    assert.ok(error instanceof CompilerFault);
    return undefined;
  }
};

test("an order writes each statement once, and reads nothing before it is written", () => {
  let found = 0;
  fc.assert(
    fc.property(graphs(anywhere), (statements) => {
      const ordered = orders(statements);
      if (ordered === undefined) return;
      found += 1;
      assert.equal(countOf(ordered), statements.axes.length);
      assert.equal(mistakeIn(statements, ordered), undefined);
    }),
    { numRuns: 1000 },
  );
  assert.ok(found > 200, `${found}`);
});

test("what looks one way along an axis, and where it does not look along it one way along the other, has an order", () => {
  const both = oneWay.chain((shift) => graphs(shift, fc.constant([t, u])));
  fc.assert(
    fc.property(both, (statements) => {
      const ordered = orders(statements);
      assert.ok(ordered !== undefined);
      assert.equal(mistakeIn(statements, ordered), undefined);
    }),
    { numRuns: 500 },
  );
});

/** Whether a statement needs itself, through whatever else. */
const isRecurrent = ({ reads }: Statements, id: number): boolean => {
  const seen = new Set<number>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const { on } of reads[next]!) {
      if (on === id) return true;
      if (!seen.has(on)) open.push(on);
      seen.add(on);
    }
  return false;
};

test("only what needs itself stands in a scan", () => {
  fc.assert(
    fc.property(graphs(anywhere), (statements) => {
      const ordered = orders(statements) ?? [];
      for (const item of ordered)
        for (const id of idsOf(item)) assert.equal(item.tag === "scan", isRecurrent(statements, id));
    }),
    { numRuns: 500 },
  );
});

test("a scan runs along an axis of all its statements, none of a scan around it, on which something is carried", () => {
  const check = (statements: Statements, items: ReadonlyArray<Ordered>, around: ReadonlyArray<string>): void => {
    for (const item of items) {
      if (item.tag === "statement") continue;
      const { key } = item.axis;
      const ids = idsOf(item);
      assert.ok(!around.includes(key));
      assert.ok(ids.every((id) => statements.axes[id]!.some((axis) => axis.key === key)));
      const inner = ids.flatMap((id) => statements.reads[id]!.filter(({ on }) => ids.includes(on)));
      const shifts = inner.map(({ mapping }) => mapping.get(key)?.shift);
      assert.ok(shifts.some((shift) => (item.descending ? shift! < 0 : shift! > 0)));
      check(statements, item.body, [...around, key]);
    }
  };
  fc.assert(
    fc.property(graphs(anywhere), (statements) => check(statements, orders(statements) ?? [], [])),
    { numRuns: 500 },
  );
});

const at = (shifts: Readonly<Record<string, number | undefined>>, on = 0): Dependence => ({
  on,
  mapping: mappingOf(shifts),
});
const alone = (over: ReadonlyArray<Axis>, ...reads: ReadonlyArray<Dependence>): Statements => ({
  axes: [over],
  reads: [reads],
});
const shape = (items: ReadonlyArray<Ordered>): unknown =>
  items.map((item) =>
    item.tag === "statement" ? item.id : [`${item.axis.key}${item.descending ? "-" : "+"}`, shape(item.body)],
  );

test("a recurrence runs from the start or from the end, as it looks back or ahead", () => {
  assert.deepEqual(shape(orders(alone([t], at({ t: 1 })))!), [["t+", [0]]]);
  assert.deepEqual(shape(orders(alone([t], at({ t: -1 })))!), [["t-", [0]]]);
  assert.deepEqual(shape(orders(alone([t, u], at({ t: 0, u: -1 }), at({ t: 0, u: -1 })))!), [["u-", [0]]]);
});

test("where one neighbour of two is read in the turn before, the other axis is no loop", () => {
  assert.deepEqual(shape(orders(alone([t, u], at({ t: 1, u: 1 }), at({ t: 1, u: -1 })))!), [["t+", [0]]]);
  assert.deepEqual(shape(orders(alone([t, u], at({ t: 1, u: undefined })))!), [["t+", [0]]]);
});

test("a grid is a scan in a scan", () => {
  assert.deepEqual(shape(orders(alone([t, u], at({ t: 1, u: 0 }), at({ t: 0, u: -1 })))!), [["t+", [["u-", [0]]]]]);
});

test("what looks both ways along its only axis, or at itself, has no order", () => {
  assert.equal(orders(alone([t], at({ t: 1 }), at({ t: -1 }))), undefined);
  assert.equal(orders(alone([t], at({ t: 0 }))), undefined);
  assert.equal(orders(alone([t], at({ t: undefined }))), undefined);
  assert.equal(orders(alone([t, u], at({ t: 1, u: 0 }), at({ t: 0, u: 1 }), at({ t: 0, u: -1 }))), undefined);
});

test("the statements of a scan's turn stand in the order of their reading", () => {
  const statements: Statements = {
    axes: [[t], [t], [t]],
    reads: [[at({ t: 1 }, 2)], [at({ t: 0 }, 0)], [at({ t: 0 }, 1)]],
  };
  assert.deepEqual(shape(orders(statements)!), [["t+", [0, 1, 2]]]);
});
