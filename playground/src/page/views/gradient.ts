import type { GradientCheck } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { button, element } from "../element.ts";
import { shortNumber } from "../short-number.ts";
import type { Right, View } from "../view.ts";

/** The gradient held against differences, at the press of a button. */
export const gradientView = (ask: Ask): View => {
  let right: Right | undefined;
  let seed = 0;
  const answer = element("div", { role: "status", "aria-live": "polite" });
  const asking = askingFor(ask, answer);
  const check = (): void => {
    if (right === undefined) return;
    seed += 1;
    answer.textContent = "Checking …";
    void asking("checkGradient", { ...right.program, seed }, (told) => answer.replaceChildren(...report(told)));
  };
  const start = button("Check the gradient", check, { class: "primary" });
  return {
    name: "gradient",
    title: "Gradient",
    content: element(
      "div",
      {},
      element(
        "p",
        {},
        "Compares every element of the derived gradient with the limit of central differences of the loss, in double precision, at random parameters, lengths and values. Each press draws others.",
      ),
      element("div", { class: "row" }, start),
      answer,
    ),
    show: (shown) => {
      right = shown;
      start.disabled = !shown.facts.hasLoss;
      answer.textContent = shown.facts.hasLoss ? "" : "The model has no loss, and so no gradient.";
    },
  };
};

const report = ({ passed, seed, compared, hidden, loss, worst }: GradientCheck): ReadonlyArray<HTMLElement> => {
  const facts: ReadonlyArray<readonly [string, string]> = [
    ["elements compared", `${compared}${hidden > 0 ? `, of which rounding hides ${hidden}` : ""}`],
    ["loss at the point", shortNumber(loss)],
    ["seed", String(seed)],
    ...(worst === null
      ? []
      : ([
          ["worst element", `${worst.path}[${worst.index.join(", ")}]`],
          ["its gradient", String(worst.gradient)],
          ["its difference", String(worst.difference)],
          ["relative error", worst.error.toExponential(1)],
        ] as const)),
  ];
  return [
    element(
      "p",
      { class: passed ? "state right" : "state wrong" },
      passed ? "The gradient is exact." : "The gradient is wrong.",
    ),
    element("dl", {}, ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
  ];
};
