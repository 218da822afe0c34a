import { circumstances } from "./circumstances.ts";
import type { Comparison, Standing } from "./comparison.ts";
import { goalTable } from "./goals.ts";
import { table } from "./markdown.ts";
import { significant, type Timing } from "./statistics.ts";

/**
 * Tables of rnnc beside PyTorch at length, of its native code if that was measured, of all peers in short, and of the goals,
 * and what explains them.
 */
export const reportText = (comparisons: ReadonlyArray<Comparison>): string =>
  [
    besidePytorch(comparisons),
    ...ofNative(comparisons),
    besideAll(comparisons),
    goalTable(comparisons, pytorchesIn(comparisons)),
    foot(comparisons),
  ].join("\n\n");

const besidePytorch = (comparisons: ReadonlyArray<Comparison>): string => {
  const others = pytorchesIn(comparisons);
  return table(
    [
      "",
      "rnnc ms (p10 to p90)",
      "Mflop",
      "GFLOP/s",
      "of limit",
      "products at the limit, ms",
      ...others.flatMap((name) => [`${name} ms (p10 to p90)`, "its variant", `rnnc / ${name}`]),
    ],
    comparisons.map((comparison) => {
      const { workload, flops } = comparison;
      const { speed, limit, bound } = comparison.own;
      const own = standingOf(comparison, "rnnc");
      return [
        workload,
        own?.best === undefined ? (own?.reason ?? "") : spread(own.best.timing),
        significant(flops / 1e6),
        speed === null ? "" : significant(speed),
        speed === null || limit === null ? "" : `${((100 * speed) / limit).toFixed(0)} %`,
        bound === null ? "" : significant(bound),
        ...others.flatMap((name) => besideOne(own, standingOf(comparison, name))),
      ];
    }),
  );
};

/** Native code beside the most that the widest vectors of the machine do. */
const ofNative = (comparisons: ReadonlyArray<Comparison>): ReadonlyArray<string> => {
  const measured = comparisons.filter(({ native }) => native.speed !== null);
  if (measured.length === 0) return [];
  const others = pytorchesIn(comparisons);
  return [
    table(
      ["", "rnnc native ms (p10 to p90)", "GFLOP/s", "limit", "of limit", ...others.map((name) => `native / ${name}`)],
      measured.map((comparison) => {
        const { speed, limit } = comparison.native;
        const own = standingOf(comparison, "rnnc native")?.best;
        return [
          comparison.workload,
          own === undefined ? "" : spread(own.timing),
          speed === null ? "" : significant(speed),
          limit === null ? "" : significant(limit),
          speed === null || limit === null ? "" : `${((100 * speed) / limit).toFixed(0)} %`,
          ...others.map((name) => {
            const other = standingOf(comparison, name)?.best;
            return own === undefined || other === undefined ? "" : ratio(own.timing, other.timing);
          }),
        ];
      }),
    ),
  ];
};

const besideOne = (own: Standing | undefined, other: Standing | undefined): ReadonlyArray<string> => {
  if (other?.best === undefined) return [other?.reason ?? "", "", ""];
  const { variant, timing } = other.best;
  return [spread(timing) + remark(other), variant, own?.best === undefined ? "" : ratio(own.best.timing, timing)];
};

/** rnnc's time by the other's, and as a fraction where it is much less. */
const ratio = (own: Timing, other: Timing): string => {
  const times = own.median / other.median;
  return times < 0.5 ? `${times.toPrecision(2)} (1/${(1 / times).toFixed(1)})` : times.toFixed(2);
};

/** The median of each peer. */
export const besideAll = (comparisons: ReadonlyArray<Comparison>): string => {
  const names = namesIn(comparisons);
  return table(
    ["ms", ...names],
    comparisons.map((comparison) => [
      comparison.workload,
      ...names.map((name) => {
        const standing = standingOf(comparison, name);
        if (standing?.best === undefined) return standing?.reason ?? "";
        const { timing } = standing.best;
        return `${significant(timing.median)}${timing.samples < 20 ? ` (of ${timing.samples})` : ""}${remark(standing)}`;
      }),
    ]),
  );
};

const namesIn = (comparisons: ReadonlyArray<Comparison>): ReadonlyArray<string> => [
  ...new Set(comparisons.flatMap(({ standings }) => standings.map(({ peer }) => peer))),
];

const pytorchesIn = (comparisons: ReadonlyArray<Comparison>): ReadonlyArray<string> =>
  namesIn(comparisons).filter((name) => name.startsWith("PyTorch"));

const standingOf = ({ standings }: Comparison, name: string): Standing | undefined =>
  standings.find(({ peer }) => peer === name);

const spread = ({ median, p10, p90, samples }: Timing): string =>
  `${significant(median)} (${significant(p10)} to ${significant(p90)}${samples < 20 ? `, of ${samples}` : ""})`;

const remark = ({ agrees }: Standing): string => (agrees === false ? " DIFFERS" : "");

const foot = (comparisons: ReadonlyArray<Comparison>): string => {
  const limits = comparisons.flatMap(({ own: { limit } }) => (limit === null ? [] : [limit.toFixed(0)]));
  return [
    ...comparisons.map(({ workload, title }) => `- ${workload}: ${title}.`),
    `- The limit was ${limits.join(", ")} GFLOP/s.`,
    `- ${circumstances(comparisons)}.`,
  ].join("\n");
};
