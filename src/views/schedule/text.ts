import { type Polynomial, polynomialText } from "../polynomial.ts";
import { evaluated, type Lengths } from "./json.ts";
import type { Part, ScheduleView, Step, Work } from "./view.ts";

/** How a formula is shown: `131072·B·T`, or `131072·B·T = 8388608`. */
type Count = (polynomial: Polynomial) => string;

/** The schedule for people: what runs in which order, and what it takes. */
export const scheduleText = (view: ScheduleView, lengths: Lengths = {}): string => {
  const count = countIn(view, lengths);
  const lines = [
    `${view.program} of ${view.model}`,
    ...indented(view.parts.flatMap((part) => partLines(view, count, part))),
    "buffers",
    ...indented(
      view.buffers.map(({ name, over, bytes }) => `${name}${overText(" over ", over)}: ${count(bytes)} bytes`),
    ),
    "in all",
    ...indented([
      ...workTexts(count, view.work),
      `${count(view.bytes)} bytes of buffers`,
      `${count(view.span)} parts one after the other`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const partLines = (view: ScheduleView, count: Count, part: Part): ReadonlyArray<string> => {
  switch (part.tag) {
    case "scan":
      return [
        `scan over ${part.axis}${part.descending ? ", backwards" : ""}: ${workTexts(count, part.work).join(", ")}`,
        ...indented(part.parts.flatMap((inner) => partLines(view, count, inner))),
      ];
    case "map":
      return [
        part.over.length === 0 ? "once" : `for all ${part.over.join(", ")}`,
        ...indented(part.steps.flatMap((step) => stepLines(view, count, step))),
      ];
    case "alone":
      return stepLines(view, count, part.step);
  }
};

const stepLines = (
  view: ScheduleView,
  count: Count,
  { kind, formula, kept, product, hoisted, isTurnByTurn, isRecomputed, work }: Step,
) => {
  const size = (side: "m" | "n" | "k") => polynomialText([product![side]], view.dims);
  const times = product === undefined ? "" : polynomialText([product.times], view.dims);
  const facts = [
    product === undefined
      ? kind
      : `product ${size("m")} × ${size("n")} × ${size("k")}${times === "1" ? "" : `, ${times} times`}`,
    ...hoisted.map(({ axis, where }) =>
      where === "summing"
        ? `sums the turns of the scan over ${axis}${isTurnByTurn ? ", turn by turn" : ""}`
        : `hoisted ${where} the scan over ${axis}, for all its turns at once`,
    ),
    ...(kept === undefined
      ? ["at hand only"]
      : kind === "result" || kind === "boundary"
        ? []
        : [`kept${overText(" over ", kept)}`]),
    ...(isRecomputed ? ["computed again"] : []),
    ...workTexts(count, work),
  ];
  return [formula, `    ${facts.join("; ")}`];
};

const workTexts = (count: Count, { flops, functions }: Work): ReadonlyArray<string> => [
  ...(flops.length === 0 ? [] : [`${count(flops)} flops`]),
  ...(functions.length === 0 ? [] : [`${count(functions)} function values`]),
];

const countIn =
  (view: ScheduleView, lengths: Lengths): Count =>
  (polynomial) => {
    const formula = polynomialText(polynomial, view.dims);
    const { value } = evaluated(view, lengths, polynomial);
    return value === undefined || String(value) === formula ? formula : `${formula} = ${value}`;
  };

const overText = (prefix: string, axes: ReadonlyArray<string>): string =>
  axes.length === 0 ? "" : `${prefix}${axes.join(", ")}`;

const indented = (lines: ReadonlyArray<string>): ReadonlyArray<string> => lines.map((line) => `  ${line}`);
