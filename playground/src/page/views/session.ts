import type { News, Order } from "../../protocol.ts";
import { ownWorker } from "../own-script.ts";

type Begin = Extract<Order, { readonly tag: "train" }>;

/** A training in a worker of its own, which ends with it. */
export interface Session {
  readonly hold: (isPaused: boolean) => void;
  readonly end: () => void;
}

export const newSession = (order: Begin, hear: (news: News) => void): Session => {
  const worker = ownWorker();
  const tell = (given: Order): void => worker.postMessage(given);
  worker.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  worker.onerror = ({ message }) => hear({ tag: "failed", text: message });
  tell(order);
  return { hold: (isPaused) => tell({ tag: isPaused ? "pause" : "resume" }), end: () => worker.terminate() };
};
