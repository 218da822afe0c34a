import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, type Local, repeatWhile, set, stepwise, when } from "../frame.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { panelColumns } from "./tile.ts";
import { transposed } from "./transposed.ts";

/**
 * Packs a matrix into panels: for each group of columns and each term its elements side by side, with zeros where the
 * last panel has no column. Parameters: where the matrix begins, the distance of terms and of columns; the numbers of
 * columns and of terms; where the panels go.
 */
export const panelsFunction = (precision: Precision): DefinedFunction =>
  define(
    { params: Array.from({ length: 6 }, () => "i32") },
    (frame, from, termStep, columnStep, columns, terms, to) => {
      const { bytes } = scalarOperations[precision];
      const width = panelColumns(precision);
      const [column, term, at, end] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
      const places = Array.from({ length: width }, () => frame.local("i32"));
      const vectors = Array.from({ length: 4 }, () => frame.local("v128"));
      const panel: Panel = {
        precision,
        ...{ from: from!, termStep: termStep!, columnStep: columnStep!, terms: terms!, to: to! },
        ...{ term, at, places, vectors },
      };
      const left = int.sub(get(columns!), get(column));
      return stepwise(column, int.constant(0), columns!, width, [
        when(
          int.less(left, int.constant(width)),
          edge(panel, end, left),
          when(int.equal(get(columnStep!), int.constant(bytes)), neighbouring(panel), apart(panel)),
        ),
        increase(from!, int.mul(get(columnStep!), int.constant(width))),
      ]);
    },
  );

/** What the packing of a panel reads, and the locals that it may use. */
interface Panel {
  readonly precision: Precision;
  readonly from: Local;
  readonly termStep: Local;
  readonly columnStep: Local;
  readonly terms: Local;
  readonly to: Local;
  readonly term: Local;
  readonly at: Local;
  /** One for each column. */
  readonly places: ReadonlyArray<Local>;
  readonly vectors: ReadonlyArray<Local>;
}

/** So many bytes has a term of a panel. */
const bytesOfTerm = 32;

const eachTerm = ({ term, terms, to }: Panel, body: Code): Code => [
  stepwise(term, int.constant(0), terms, 1, [body, increase(to, int.constant(bytesOfTerm))]),
];

/** Columns that are neighbours are moved a vector at a time. */
const neighbouring = (panel: Panel): Code => {
  const { precision, from, at, to, termStep } = panel;
  const vector = vectorOperations[precision];
  return [
    set(at, get(from)),
    eachTerm(panel, [
      [0, 16].map((offset) => vector.store(get(to), vector.load(get(at), offset), offset)),
      increase(at, get(termStep)),
    ]),
  ];
};

/** Columns that are apart: where the terms are neighbours, as many as a vector holds at once, else one by one. */
const apart = (panel: Panel): Code => {
  const { precision, from, termStep, columnStep, terms, to, term, places } = panel;
  const scalar = scalarOperations[precision];
  const { lanes } = vectorOperations[precision];
  return [
    places.map((place, i) => set(place, i === 0 ? get(from) : int.add(get(places[i - 1]!), get(columnStep)))),
    set(term, int.constant(0)),
    when(
      int.equal(get(termStep), int.constant(scalar.bytes)),
      repeatWhile(int.greaterEqual(int.sub(get(terms), get(term)), int.constant(lanes)), [
        transposedTerms(panel),
        places.map((place) => increase(place, int.constant(16))),
        increase(to, int.constant(bytesOfTerm * lanes)),
        increase(term, int.constant(lanes)),
      ]),
    ),
    repeatWhile(int.less(get(term), get(terms)), [
      places.map((place, i) => [
        scalar.store(get(to), scalar.load(get(place)), i * scalar.bytes),
        increase(place, get(termStep)),
      ]),
      increase(to, int.constant(bytesOfTerm)),
      increase(term, int.constant(1)),
    ]),
  ];
};

/** A vector of terms of four columns at a time. */
const transposedTerms = ({ precision, places, vectors, to }: Panel): Code => {
  const vector = vectorOperations[precision];
  const perTerm = (4 * scalarOperations[precision].bytes) / 16;
  return Array.from({ length: places.length / 4 }, (_, group) => [
    vectors.map((local, i) => set(local, vector.load(get(places[4 * group + i]!)))),
    transposed(precision, vectors).map((part, i) => {
      const place = bytesOfTerm * Math.floor(i / perTerm) + 16 * (group * perTerm + (i % perTerm));
      return vector.store(get(to), part, place);
    }),
  ]);
};

/** The last panel, of fewer columns: `left` of them. */
const edge = (panel: Panel, end: Local, left: Code): Code => {
  const { precision, from, termStep, columnStep, to, at, places } = panel;
  const { bytes, load, store } = scalarOperations[precision];
  const vector = vectorOperations[precision];
  const [source, target] = [places[0]!, places[1]!];
  return [
    set(at, get(from)),
    eachTerm(panel, [
      [0, 16].map((offset) => vector.store(get(to), vector.constant(0), offset)),
      set(source, get(at)),
      set(target, get(to)),
      set(end, int.add(get(to), int.mul(left, int.constant(bytes)))),
      repeatWhile(int.less(get(target), get(end)), [
        store(get(target), load(get(source))),
        increase(source, get(columnStep)),
        increase(target, int.constant(bytes)),
      ]),
      increase(at, get(termStep)),
    ]),
  ];
};
