import * as E from "fp-ts/lib/Either.js";
import { hashOf, type Linked, linkedIn } from "../link.ts";
import { staticsIn, staticsText } from "../program.ts";
import type { TrainingSettings } from "../protocol.ts";
import { starters } from "../starters.ts";
import { newClient } from "./client.ts";
import { copyButton } from "./copy-button.ts";
import { newEditor } from "./editor/editor.ts";
import { choice, element, labelled } from "./element.ts";
import { newDraw } from "./graphviz.ts";
import { newMessages } from "./messages.ts";
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
  let address = "";

  const place = element("div", { class: "editor" });
  const statics = element("input", { type: "text", placeholder: "n=64", spellcheck: "false", autocapitalize: "off" });
  const editor = newEditor(
    place,
    (name) => right?.facts.names[name],
    () => look.soon(),
  );
  statics.addEventListener("input", () => look.soon());
  const messages = newMessages(editor.goToLine);
  const names = newNames();
  const training = trainingView(ask);
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
    },
  );
  const look = newLook({ ask, editor, statics, messages, tabs, looked: () => void keep() }, (found) => {
    right = found;
    tabs.hold(false);
    names.show(found.facts);
  });

  const linked = (): Linked => {
    const data = training.ownData();
    return {
      source: editor.text(),
      statics: staticsIn(statics.value),
      starter: chosen.value,
      settings: { ...training.settings() },
      view: tabs.open().name,
      ...(data === undefined ? {} : { data }),
    };
  };
  /** The address holds what is worked on, so that it is there when the page is loaded anew, and can be sent. */
  const keep = async (): Promise<void> => {
    address = await hashOf(linked());
    location.replace(address);
  };
  const follow = ({ source, statics: sizes, starter, settings, view, data }: Linked): void => {
    const found = models.find(({ name }) => name === starter) ?? models[0]!;
    chosen.value = found.name;
    statics.value = staticsText(sizes);
    editor.setText(source);
    training.take(found.dataset, { ...found.settings, ...(settings as Partial<TrainingSettings>) }, data);
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
    if (location.hash === address && address !== "") return;
    const found = await linkedIn(location.hash);
    if (E.isRight(found) && found.right !== undefined) return follow(found.right);
    begin(models[0]!.name);
    document.querySelector("#notice")!.textContent = E.isLeft(found) ? found.left : "";
  };
  const chosen = choice(
    models.map(({ name, title }) => [name, title]),
    begin,
  );

  const link = copyButton("Copy link", async () => {
    await keep();
    return location.href;
  });
  document.querySelector("#actions")!.append(link, themeButton());
  document
    .querySelector("main")!
    .append(
      element(
        "section",
        { class: "column", "aria-label": "Program" },
        element("div", { class: "row" }, labelled("model", chosen), labelled("sizes", statics)),
        place,
        messages.content,
        names.content,
      ),
      element("section", { class: "column", "aria-label": "What it is and does" }, tabs.content),
    );
  addEventListener("hashchange", () => void fromAddress());
  void fromAddress();
};
