import * as E from "fp-ts/lib/Either.js";
import type { Dataset, Words } from "../../dataset.ts";
import { datasetIn, datasetText } from "../../dataset-text.ts";
import { button, element } from "../element.ts";

/** The examples that a model is trained on, which one may change. */
export interface DataField {
  readonly content: HTMLElement;
  readonly text: () => string;
  /** On the left what is wrong with them. Where there are none, random ones are to be taken. */
  readonly dataset: () => E.Either<string, Dataset | null>;
  readonly take: (dataset: Dataset | null, text?: string) => void;
  /** Whether they are not those that were taken. */
  readonly isChanged: () => boolean;
}

/** `changed` hears of what is typed. */
export const newDataField = (random: () => void, changed: () => void): DataField => {
  let words: Words = {};
  let taken = "";
  const field = element("textarea", {
    ...{ rows: 8, spellcheck: "false", autocapitalize: "off", wrap: "off", "aria-label": "Data, an example a line" },
    oninput: () => {
      count();
      changed();
    },
  });
  const summary = element("summary", {});
  const count = (): void => {
    const lines = field.value.split("\n").filter((line) => line.trim() !== "").length;
    summary.textContent =
      lines === 0 ? "Data: random examples, to learn by heart" : `Data: ${lines} example${lines === 1 ? "" : "s"}`;
  };
  count();
  return {
    content: element(
      "details",
      { class: "data" },
      summary,
      element(
        "p",
        { class: "soft" },
        "An example a line, as JSON: a value for each input and target. Every fifth is held out where there are 20 or more.",
      ),
      field,
      element("div", { class: "row" }, button("Random examples", random)),
    ),
    text: () => field.value,
    isChanged: () => field.value !== taken,
    dataset: () => (field.value.trim() === "" ? E.right(null) : datasetIn(field.value, words)),
    take: (dataset, text) => {
      words = dataset?.words ?? {};
      taken = dataset === null ? "" : datasetText(dataset);
      field.value = text ?? taken;
      count();
    },
  };
};
