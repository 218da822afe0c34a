import type { Dataset } from "../../dataset.ts";
import type { Insights, News, Order, TrainingSettings } from "../../protocol.ts";
import type { Ask } from "../client.ts";
import { button, element } from "../element.ts";
import { heatMapElement } from "../heat-map.ts";
import { ownWorker } from "../own-script.ts";
import { shortNumber } from "../short-number.ts";
import type { Right, View } from "../view.ts";
import { newCurve } from "./curve.ts";
import type { Trained } from "./flow.ts";
import { newSettings } from "./settings.ts";

export interface TrainingView extends View {
  /** Data and settings of a model to begin from; without data it is trained on random examples. */
  readonly take: (dataset: Dataset | null, settings: Partial<TrainingSettings>) => void;
  /** What a training of this program has come to. */
  readonly trained: (right: Right) => Trained;
}

/** Trains in a worker of its own, which is ended when another training begins. */
export const trainingView = (ask: Ask): TrainingView => {
  let right: Right | undefined;
  let dataset: Dataset | null = null;
  let worker: Worker | undefined;
  let isPaused = false;
  let begun: { readonly of: string; readonly learned: Dataset } | undefined;
  let language = "";
  const settings = newSettings();
  const curve = newCurve();
  const state = element("p", { class: "state", role: "status" });
  const samples = element("pre", { class: "samples wide" });
  const maps = element("div", { class: "panels" });
  const insights = element("div", { hidden: true }, element("h2", {}, "What it does so far"), samples, maps);
  let reached: { readonly of: string; readonly found: Insights; readonly learned: Dataset } | undefined;

  const order = (given: Order): void => worker?.postMessage(given);
  const end = (): void => {
    worker?.terminate();
    worker = undefined;
    isPaused = false;
    begin.textContent = "Train";
    pause.disabled = true;
    pause.textContent = "Pause";
  };
  const hear = (news: News): void => {
    if (news.tag === "begun") {
      language = news.target === "wasm" ? "WebAssembly" : "JavaScript";
      state.textContent = `Training as ${language} …`;
    }
    if (news.tag === "failed") {
      state.textContent = news.text;
      state.className = "state wrong";
      end();
    }
    if (news.tag !== "progress") return;
    curve.add(news.losses, news.heldOut);
    if (news.insights !== null) look(news.insights);
    const held = news.heldOut === null ? "" : `, held out ${shortNumber(news.heldOut)}`;
    const speed = `${Math.round(news.step / Math.max(news.seconds, 1e-3))} steps a second as ${language}`;
    state.textContent = `${news.isDone ? "Done: " : ""}step ${news.step}, loss ${shortNumber(curve.mean())}${held}, ${speed}`;
    if (news.isDone) end();
  };
  const look = (found: Insights): void => {
    if (begun !== undefined) reached = { ...begun, found };
    insights.hidden = false;
    samples.textContent = found.samples.join("\n");
    maps.replaceChildren(...found.maps.map(heatMapElement));
  };
  const start = async (): Promise<void> => {
    if (right === undefined) return;
    end();
    state.className = "state";
    state.textContent = "Compiling …";
    const { program } = right;
    const chosen = dataset ?? (await randomDataset(ask, right));
    if (typeof chosen === "string") {
      state.textContent = chosen;
      return;
    }
    curve.clear();
    begun = { of: JSON.stringify(program), learned: chosen };
    worker = ownWorker();
    worker.onmessage = ({ data }: MessageEvent<News>) => hear(data);
    worker.onerror = ({ message }) => hear({ tag: "failed", text: message });
    begin.textContent = "Begin anew";
    pause.disabled = false;
    order({ tag: "train", program, dataset: chosen, settings: settings.values() });
  };
  const begin = button("Train", () => void start(), { class: "primary" });
  const pause = button("Pause", () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? "Go on" : "Pause";
    order({ tag: isPaused ? "pause" : "resume" });
  });
  pause.disabled = true;
  return {
    name: "training",
    title: "Training",
    content: element(
      "div",
      { class: "training" },
      settings.content,
      element("div", { class: "row" }, begin, pause),
      state,
      curve.content,
      insights,
    ),
    show: (shown) => {
      right = shown;
      begin.disabled = !shown.facts.hasLoss;
      if (!shown.facts.hasLoss) state.textContent = "The model has no loss, so there is nothing to train.";
      else if (worker === undefined && state.textContent?.startsWith("The model has no loss")) state.textContent = "";
    },
    trained: ({ program }) =>
      reached?.of === JSON.stringify(program)
        ? { params: reached.found.params, dataset: reached.learned }
        : { params: null, dataset },
    take: (given, values) => {
      end();
      dataset = given;
      reached = undefined;
      insights.hidden = true;
      settings.take(values);
      curve.clear();
      state.textContent = "";
      state.className = "state";
    },
  };
};

const randomDataset = async (ask: Ask, { program }: Right): Promise<Dataset | string> => {
  const answer = await ask("randomData", { ...program, seed: 1 });
  return answer.tag === "told" ? answer.value : answer.tag === "failed" ? answer.text : "";
};
