import * as E from "fp-ts/lib/Either.js";
import type { Dataset } from "../../dataset.ts";
import type { Insights, News, Progress, TrainingSettings } from "../../protocol.ts";
import type { Ask } from "../client.ts";
import { button, element } from "../element.ts";
import { shortNumber } from "../short-number.ts";
import type { Right, View } from "../view.ts";
import { newCurve } from "./curve.ts";
import { newDataField } from "./data-field.ts";
import type { Trained } from "./flow.ts";
import { newInsights } from "./insights.ts";
import { newSession, type Session } from "./session.ts";
import { newSettings, type Settings } from "./settings.ts";

export interface TrainingView extends View {
  /** Data and settings of a model to begin from, and the text of data that are one's own. */
  readonly take: (dataset: Dataset | null, settings: Partial<TrainingSettings>, text?: string) => void;
  /** As they stand in their fields, right or wrong. */
  readonly settings: Settings["written"];
  /** The text of data that are one's own. */
  readonly ownData: () => string | undefined;
  /** What a training of this program has come to. */
  readonly trained: (right: Right) => Trained;
}

interface Reached {
  readonly of: string;
  readonly learned: Dataset;
  readonly found: Insights | null;
}

const noLoss = "The model has no loss, so there is nothing to train.";

/** Trains beside the page, with live curves and a look at what the model does so far; `changed` hears of data and settings. */
export const trainingView = (ask: Ask, changed: () => void): TrainingView => {
  let right: Right | undefined;
  let session: Session | undefined;
  let isPaused = false;
  let reached: Reached | undefined;
  let language = "";
  const settings = newSettings(changed);
  const data = newDataField(() => void drawData(), changed);
  const curve = newCurve();
  const insights = newInsights();
  const state = element("p", { class: "state", role: "status" });

  const say = (text: string, isWrong = false): void => {
    state.textContent = text;
    state.className = isWrong ? "state wrong" : "state";
  };
  const end = (): void => {
    session?.end();
    session = undefined;
    isPaused = false;
    begin.textContent = "Train";
    pause.disabled = true;
    pause.textContent = "Pause";
  };
  const hear = (news: News): void => {
    if (news.tag === "begun") {
      language = news.target === "wasm" ? "WebAssembly" : "JavaScript";
      say(`Training as ${language} …`);
    } else if (news.tag === "failed") {
      say(news.text, true);
      end();
    } else progress(news);
  };
  const progress = ({ losses, heldOut, insights: found, step, seconds, isDone }: Progress): void => {
    curve.add(losses, heldOut);
    if (found !== null) {
      insights.show(found);
      if (reached !== undefined) reached = { ...reached, found };
    }
    const held = heldOut === null ? "" : `, held out ${shortNumber(heldOut)}`;
    const speed = `${Math.round(step / Math.max(seconds, 1e-3))} steps a second as ${language}`;
    say(`${isDone ? "Done: " : ""}step ${step}, loss ${shortNumber(curve.mean())}${held}, ${speed}`);
    if (isDone) end();
  };
  const drawData = async (): Promise<Dataset | undefined> => {
    if (right === undefined) return undefined;
    const answer = await ask("randomData", { ...right.program, seed: 1 });
    if (answer.tag === "failed") say(answer.text, true);
    if (answer.tag !== "told") return undefined;
    data.take(answer.value);
    return answer.value;
  };
  const start = async (): Promise<void> => {
    if (right === undefined) return;
    end();
    const { program } = right;
    const set = settings.values();
    if (E.isLeft(set)) return say(`Nothing was trained: ${set.left}`, true);
    const given = data.dataset();
    if (E.isLeft(given)) return say(given.left, true);
    say("Compiling …");
    const dataset = given.right ?? (await drawData());
    if (dataset === undefined) return;
    curve.clear();
    insights.clear();
    reached = { of: JSON.stringify(program), learned: dataset, found: null };
    session = newSession({ tag: "train", program, dataset, settings: set.right }, hear);
    begin.textContent = "Begin anew";
    pause.disabled = false;
  };
  const begin = button("Train", () => void start(), { class: "primary" });
  const pause = button("Pause", () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? "Go on" : "Pause";
    session?.hold(isPaused);
  });
  pause.disabled = true;
  return {
    name: "training",
    title: "Training",
    content: element(
      "div",
      {},
      settings.content,
      data.content,
      element("div", { class: "row" }, begin, pause),
      state,
      curve.content,
      insights.content,
    ),
    show: (shown) => {
      right = shown;
      begin.disabled = !shown.facts.hasLoss;
      if (!shown.facts.hasLoss) say(noLoss);
      else if (state.textContent === noLoss) say("");
    },
    settings: settings.written,
    ownData: () => (data.isChanged() ? data.text() : undefined),
    trained: ({ program }) => {
      const isOfThis = reached?.of === JSON.stringify(program);
      const own = data.dataset();
      return isOfThis
        ? { params: reached?.found?.params ?? null, dataset: reached?.learned ?? null }
        : { params: null, dataset: E.isRight(own) ? own.right : null };
    },
    take: (dataset, values, text) => {
      end();
      reached = undefined;
      data.take(dataset, text);
      settings.take(values);
      curve.clear();
      insights.clear();
      say("");
    },
  };
};
