import { type Program, staticsIn, staticsText } from "../program.ts";
import type { Analysis } from "../protocol.ts";
import { type Starter, starters } from "../starters.ts";
import { newClient } from "./client.ts";
import { newEditor } from "./editor/editor.ts";
import { choice, element, labelled } from "./element.ts";
import { newDraw } from "./graphviz.ts";
import { newMessages } from "./messages.ts";
import { newTabs } from "./tabs.ts";
import type { Right } from "./view.ts";
import { circuitView } from "./views/circuit.ts";
import { codeView } from "./views/code.ts";
import { equationsView } from "./views/equations.ts";
import { flowView } from "./views/flow.ts";
import { gradientView } from "./views/gradient.ts";
import { trainingView } from "./views/training.ts";
import { unfoldedView } from "./views/unfolded.ts";

/** After so many milliseconds without a change a program is looked at. */
const pause = 200;

/** Puts the page together: what is typed is analysed, and what is right is shown. */
export const startPage = (): void => {
  const ask = newClient();
  let analysis: Analysis | undefined;
  let right: Right | undefined;
  let clock: ReturnType<typeof setTimeout> | undefined;

  const place = element("div", { class: "editor" });
  const statics = element("input", { type: "text", placeholder: "n=64", spellcheck: "false", autocapitalize: "off" });
  const program = (): Program => ({ source: editor.text(), statics: staticsIn(statics.value) });
  const changed = (): void => {
    clearTimeout(clock);
    clock = setTimeout(() => void look(), pause);
  };
  const look = async (): Promise<void> => {
    const looked = program();
    const answer = await ask("analyse", looked);
    if (answer.tag === "stale") return;
    if (JSON.stringify(looked) !== JSON.stringify(program())) return;
    if (answer.tag === "failed") return messages.fail(answer.text);
    analysis = answer.value;
    messages.show(analysis);
    editor.mark(analysis.messages);
    if (analysis.facts === null) return tabs.content.classList.add("old");
    tabs.content.classList.remove("old");
    right = { program: looked, facts: analysis.facts };
    tabs.open().show(right);
  };

  const editor = newEditor(place, (name) => right?.facts.names[name], changed);
  statics.addEventListener("input", changed);
  const messages = newMessages(editor.goToLine);
  const training = trainingView(ask);
  const draw = newDraw();
  const views = [
    equationsView(ask, "model"),
    circuitView(ask, draw),
    unfoldedView(ask, draw),
    equationsView(ask, "adjoint"),
    codeView(ask, editor.goToLine),
    training,
    gradientView(ask),
    flowView(ask, training.trained),
  ];
  const tabs = newTabs(views, (view) => {
    if (right !== undefined) view.show(right);
  });

  const begin = (starter: Starter): void => {
    statics.value = staticsText(starter.program.statics);
    editor.setText(starter.program.source);
    training.take(starter.dataset, starter.settings);
    void look();
  };
  const models = starters();
  const chosen = choice(
    models.map(({ name, title }) => [name, title]),
    (name) => begin(models.find((starter) => starter.name === name)!),
  );

  document
    .querySelector("main")!
    .append(
      element(
        "div",
        { class: "column" },
        element("div", { class: "row" }, labelled("model", chosen), labelled("sizes", statics)),
        place,
        messages.content,
      ),
      element("div", { class: "column" }, tabs.content),
    );
  begin(models[0]!);
};
