import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as RA from "fp-ts/lib/ReadonlyArray.js";
import type { TrainingSettings } from "../../protocol.ts";
import { type NumberSetting, numberSettingNames, numberSettings, settingIn, usualSettings } from "../../settings.ts";
import { choice, element, labelled } from "../element.ts";

export interface Settings {
  readonly content: HTMLElement;
  /** On the left what is wrong with the first field that is wrong. */
  readonly values: () => E.Either<string, TrainingSettings>;
  /** As they stand in the fields, right or wrong. */
  readonly written: () => Readonly<Record<string, number | string>>;
  readonly take: (values: Partial<TrainingSettings>) => void;
}

const choices = {
  optimiser: ["adam", "adamw", "sgd", "momentum", "rmsprop", "adagrad"],
  target: ["wasm", "js"],
} as const;

/** How a model is trained, as fields; `changed` hears of each change. */
export const newSettings = (changed: () => void): Settings => {
  const fields = Object.fromEntries(numberSettingNames.map((name) => [name, numberField(name, changed)])) as Readonly<
    Record<NumberSetting, NumberField>
  >;
  const select = (name: keyof typeof choices): HTMLSelectElement =>
    choice(
      choices[name].map((value) => [value, value]),
      changed,
      { name },
    );
  const selects = { optimiser: select("optimiser"), target: select("target") };
  const take = (values: Partial<TrainingSettings>): void => {
    const all = { ...usualSettings, ...values };
    for (const name of numberSettingNames) fields[name].take(all[name]);
    for (const name of ["optimiser", "target"] as const) {
      selects[name].value = all[name];
      if (selects[name].selectedIndex < 0) selects[name].value = usualSettings[name];
    }
  };
  const chosen = () => ({
    optimiser: selects.optimiser.value as TrainingSettings["optimiser"],
    target: selects.target.value as TrainingSettings["target"],
  });
  take({});
  return {
    content: element(
      "div",
      { class: "settings" },
      labelled("optimiser", selects.optimiser),
      ...numberSettingNames.map((name) => fields[name].content),
      labelled("as", selects.target),
      ...numberSettingNames.map((name) => fields[name].problem),
    ),
    take,
    written: () => ({
      ...chosen(),
      ...Object.fromEntries(
        numberSettingNames.map((name) => {
          const value = fields[name].value();
          return [name, E.isRight(value) ? value.right : fields[name].text()];
        }),
      ),
    }),
    values: () =>
      pipe(
        numberSettingNames,
        RA.traverse(E.Applicative)((name) =>
          pipe(
            fields[name].value(),
            E.map((value) => [name, value] as const),
          ),
        ),
        E.map((numbers) => ({ ...chosen(), ...(Object.fromEntries(numbers) as Record<NumberSetting, number>) })),
      ),
  };
};

interface NumberField {
  readonly content: HTMLElement;
  /** What it is to hold instead, where it holds something else. */
  readonly problem: HTMLElement;
  readonly text: () => string;
  readonly value: () => E.Either<string, number>;
  readonly take: (value: number | string) => void;
}

const numberField = (name: NumberSetting, changed: () => void): NumberField => {
  const { step } = numberSettings[name];
  const id = `problem-${name}`;
  const problem = element("p", { class: "state wrong problem", id, role: "alert", hidden: true });
  const field = element("input", {
    ...{ type: "number", step, inputmode: "decimal", name, "aria-describedby": id },
    oninput: () => {
      check();
      changed();
    },
  });
  const value = (): E.Either<string, number> => settingIn(name, field.value);
  const check = (): void => {
    const found = value();
    problem.hidden = E.isRight(found);
    problem.textContent = E.isLeft(found) ? found.left : "";
    field.setAttribute("aria-invalid", String(E.isLeft(found)));
  };
  return {
    content: labelled(name, field),
    problem,
    text: () => field.value,
    value,
    take: (given) => {
      field.value = String(given);
      check();
    },
  };
};
