import * as E from "fp-ts/lib/Either.js";
import { type Linked, linkedIn } from "../link.ts";
import { staticsIn, staticsText, strayIn } from "../program.ts";
import type { TrainingSettings } from "../protocol.ts";
import { starters } from "../starters.ts";
import { newAddress } from "./address.ts";
import { newClient } from "./client.ts";
import { copyButton } from "./copy-button.ts";
import { newEditor } from "./editor/editor.ts";
import { element, labelled } from "./element.ts";
import { newDraw } from "./graphviz.ts";
import { newMessages } from "./messages.ts";
import { modelMenu } from "./model-menu.ts";
import { newNames } from "./names.ts";
import { newTabs } from "./tabs.ts";
import { themeButton } from "./theme.ts";
import type { Right } from "./view.ts";
import { circuitView } from "./views/circuit.ts";
import { codeView } from "./views/code.ts";
import { equationsView } from "./views/equations.ts";
import { flowView } from "./views/flow.ts";
import { gradientView } from "./views/gradient.ts";
import { trainingView } from "./views/training.ts";
import { unfoldedView } from "./views/unfolded.ts";
import { newLook } from "./workbench.ts";

/** Puts the page together. */
export const startPage = (): void => {
  const ask = newClient();
  const draw = newDraw();
  const models = starters();
  let right: Right | undefined;
  /** The model that what is worked on began from, whose data it takes. */
  let starter = models[0]!;
  const address = newAddress(() => linked());

  const place = element("div", { class: "editor" });
  const statics = element("input", { type: "text", placeholder: "n=64", spellcheck: "false", autocapitalize: "off" });
  const editor = newEditor(
    place,
    (name) => right?.facts.names[name],
    () => changed(),
  );
  const sizesNote = element("p", { class: "state wrong", role: "status", "aria-live": "polite" });
  statics.addEventListener("input", () => changed());
  const messages = newMessages(editor.goToLine);
  const names = newNames();
  const training = trainingView(ask, () => address.soon());
  const tabs = newTabs(
    [
      equationsView(ask, "model"),
      circuitView(ask, draw),
      unfoldedView(ask, draw),
      equationsView(ask, "adjoint"),
      codeView(ask, editor.goToLine),
      training,
      gradientView(ask),
      flowView(ask, training.trained),
    ],
    (view) => {
      if (right !== undefined) view.show(right);
      address.soon();
    },
  );
  const look = newLook({ ask, editor, statics, messages, tabs }, (found) => {
    right = found;
    tabs.hold(false);
    names.show(found.facts);
  });
  const changed = (): void => {
    const stray = strayIn(statics.value);
    sizesNote.textContent =
      stray.length === 0
        ? ""
        : `Not understood under “sizes”: ${stray.join(", ")}. Write n=64, with blanks or commas between.`;
    chosen.show(editor.text() === starter.program.source ? starter.name : undefined);
    address.soon();
    look.soon();
  };

  const linked = (): Linked => {
    const data = training.ownData();
    return {
      source: editor.text(),
      statics: staticsIn(statics.value),
      starter: starter.name,
      settings: training.settings(),
      view: tabs.open().name,
      ...(data === undefined ? {} : { data }),
    };
  };
  const follow = ({ source, statics: sizes, starter: from, settings, view, data }: Linked): void => {
    starter = models.find(({ name }) => name === from) ?? models[0]!;
    statics.value = staticsText(sizes);
    editor.setText(source);
    changed();
    training.take(starter.dataset, { ...starter.settings, ...(settings as Partial<TrainingSettings>) }, data);
    right = undefined;
    tabs.hold(true);
    if (view !== undefined) tabs.choose(view);
    look.now();
  };
  const begin = (name: string): void => {
    const { program, settings } = models.find((starter) => starter.name === name) ?? models[0]!;
    follow({ ...program, starter: name, settings: { ...settings } });
  };
  const fromAddress = async (): Promise<void> => {
    address.forget();
    const found = await linkedIn(location.hash);
    if (E.isRight(found) && found.right !== undefined) return follow(found.right);
    begin(models[0]!.name);
    document.querySelector("#notice")!.textContent = E.isLeft(found) ? found.left : "";
  };
  const chosen = modelMenu(models, begin);

  const link = copyButton("Copy link", async () => {
    await address.now();
    return location.href;
  });
  document.querySelector("#actions")!.append(link, themeButton());
  document
    .querySelector("main")!
    .append(
      element(
        "section",
        { class: "column", "aria-label": "Program" },
        element("div", { class: "row" }, labelled("model", chosen.content), labelled("sizes", statics)),
        sizesNote,
        place,
        messages.content,
        names.content,
      ),
      element("section", { class: "column", "aria-label": "What it is and does" }, tabs.content),
    );
  addEventListener("hashchange", () => void fromAddress());
  void fromAddress();
};
