import { tenth } from "../data/coding/decode.ts";
import { portableExp } from "../runtime/elementary.js";
import { panelSvg } from "../views/chart/panel.ts";
import { pointedText } from "../views/chart/scale.ts";
import { type Html, h, paragraph, section, text } from "../views/page/html.ts";
import type { Given, RunReport, ShownExample, Told } from "./run-report.ts";
import { seriesPanel } from "./series.ts";

/** What the model says of examples, beside what stands in the data. */
export const examplesSection = ({ examples }: RunReport): Html => {
  const [first] = examples;
  if (first === undefined || first.targets.length === 0) return "";
  return section("Predictions beside the truth", ...first.targets.map((_, i) => ofTarget(examples, i)));
};

const ofTarget = (examples: ReadonlyArray<ShownExample>, i: number): Html => {
  const told = examples.map((each) => ({ ...each, told: each.targets[i]! }));
  const { target } = told[0]!.told;
  const isSingle = told.every((each) => each.told.observed.places.length <= 1);
  const shown = target.kind === "reals" ? (isSingle ? singleNumbers(told) : series(told)) : symbols(told, isSingle);
  return `${h("h3", {}, text(target.name))}${shown}`;
};

type ToldExample = ShownExample & { readonly told: Told };

const series = (examples: ReadonlyArray<ToldExample>): Html =>
  [
    paragraph(
      "The values of the data, what is expected, and the range in which a value should lie in 80 % of all cases.",
    ),
    h("div", { class: "panels" }, ...examples.slice(0, 6).map(({ place, told }) => panelSvg(seriesPanel(place, told)))),
  ].join("");

const words = (head: ReadonlyArray<string>, lines: ReadonlyArray<ReadonlyArray<Html>>): Html =>
  h(
    "div",
    { class: "wide" },
    h(
      "table",
      { class: "words" },
      h("tr", {}, ...head.map((word) => h("th", {}, text(word)))),
      ...lines.map((line) => h("tr", {}, ...line.map((cell) => h("td", {}, cell)))),
    ),
  );

const singleNumbers = (examples: ReadonlyArray<ToldExample>): Html =>
  words(
    ["", ...inputNames(examples), "in the data", "expected", "range of 80 %"],
    examples.map(({ place, inputs, told: { observed } }) => {
      const { actual, said } = observed;
      const [value, deviation] = [said.expected[0], said.deviation?.[0]];
      const range =
        value === undefined || deviation === undefined
          ? "–"
          : `${pointedText(value - tenth * deviation)} to ${pointedText(value + tenth * deviation)}`;
      return [
        h("span", { class: "soft" }, text(place)),
        ...inputs.map(givenTokens),
        ...[actual[0], value].map((each) => text(each === undefined ? "–" : pointedText(each))),
        text(range),
      ];
    }),
  );

const inputNames = ([first]: ReadonlyArray<ShownExample>): ReadonlyArray<string> =>
  first!.inputs.map(({ name }) => name);

const symbols = (examples: ReadonlyArray<ToldExample>, isSingle: boolean): Html =>
  isSingle ? singleSymbols(examples) : sequences(examples);

const singleSymbols = (examples: ReadonlyArray<ToldExample>): Html =>
  words(
    ["", ...inputNames(examples), "in the data", "predicted", "probability of the truth"],
    examples.map(({ place, inputs, told }) => [
      h("span", { class: "soft" }, text(place)),
      ...inputs.map(givenTokens),
      text(className(told, told.observed.actual[0])),
      predicted(told, 0),
      text(probability(told, 0)),
    ]),
  );

const sequences = (examples: ReadonlyArray<ToldExample>): Html => {
  const isText = examples[0]!.told.target.kind === "characters";
  const instead = isText ? "" : " After what is not expected stands, smaller, what was.";
  return [
    paragraph(
      `Each value as it stands in the data, on a ground that is the stronger the less probable it was held to be.${instead}`,
    ),
    ...examples.slice(0, isText ? 6 : examples.length).map(({ place, inputs, told }) => {
      const [above] = inputs.filter((given) => standsAbove(given, told));
      const others = inputs.filter((given) => given.tokens.length > 0 && !standsAbove(given, told));
      return h(
        "div",
        { class: "example" },
        h("div", { class: "soft" }, text(place)),
        ...others.map(({ name, ...given }) =>
          h("div", {}, h("span", { class: "soft" }, text(`${name}: `)), givenTokens({ name, ...given })),
        ),
        tokens(told, above),
      );
    }),
  ].join("");
};

/** What is read at the positions of a target stands above its values. */
const standsAbove = (given: Given, { observed: { places }, target: { kind, width } }: Told): boolean =>
  kind === "classes" && width === 1 && places.length === given.tokens.length;

const className = ({ target }: Told, symbol: number | undefined): string =>
  symbol === undefined ? "–" : (target.classes[symbol] ?? String(symbol));

const isRight = ({ observed: { actual, said } }: Told, i: number): boolean => actual[i] === said.expected[i];

const predicted = (told: Told, i: number): Html =>
  h("span", { class: isRight(told, i) ? "right" : "wrong" }, text(className(told, told.observed.said.expected[i])));

const probability = ({ observed: { said } }: Told, i: number): string =>
  said.nats?.[i] === undefined ? "–" : portableExp(-said.nats[i]).toFixed(3);

/** So many are told of one example. */
const mostTokens = 240;

const shortened = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> => all.slice(0, mostTokens);

const givenTokens = ({ tokens: all, isText }: Given): Html =>
  h(
    "span",
    { class: isText ? "chars" : "tokens" },
    text(`${shortened(all).join(isText ? "" : " ")}${all.length > mostTokens ? " …" : ""}`),
  );

const tokens = (told: Told, above: Given | undefined): Html => {
  const { observed, target } = told;
  const shown = shortened([...observed.places.keys()]);
  const isText = target.kind === "characters";
  const each = shown.map((i) => (above === undefined ? token(told, i) : stacked(above.tokens[i]!, token(told, i))));
  return h(
    "div",
    { class: isText ? "chars" : "tokens" },
    each.join(isText || above !== undefined ? "" : " "),
    observed.places.length > shown.length ? h("span", { class: "soft" }, " …") : "",
  );
};

const stacked = (word: string, below: Html): Html =>
  h("span", { class: "stacked" }, h("span", {}, text(word)), h("span", { class: "below" }, below));

/** From so many nats on a ground is no stronger. */
const mostNats = 7;

const token = (told: Told, i: number): Html => {
  const { observed, target } = told;
  const nats = observed.said.nats?.[i];
  const [actual, expected] = [observed.actual[i], observed.said.expected[i]].map((symbol) => className(told, symbol));
  const strength = nats === undefined ? Number(!isRight(told, i)) / 2 : 0.65 * Math.min(1, nats / mostNats);
  const title = `expected ${expected}${nats === undefined ? "" : `; the truth has the probability ${probability(told, i)}`}`;
  const attributes = { class: "token", style: `background:rgba(var(--heat),${strength.toFixed(2)})`, title };
  const instead = isRight(told, i) || target.kind === "characters" ? "" : h("sub", { class: "wrong" }, text(expected!));
  return `${h("span", attributes, text(actual!))}${instead}`;
};
