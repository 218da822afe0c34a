import type { Answer, Given, Question, Told, Topic } from "../protocol.ts";
import { ownWorker } from "./own-script.ts";

interface Waiting {
  readonly question: Question;
  readonly settle: (answer: Answer<never>) => void;
}

export type Ask = <T extends Topic>(topic: T, given: Given<T>) => Promise<Answer<Told<T>>>;

/** So long an answer may take, in milliseconds; then the worker is given up and another one begins. */
const patience = 30_000;

/** Asks a worker, one question at a time: of each topic the last that waits. */
export const newClient = (): Ask => {
  let worker = ownWorker();
  let current: Waiting | undefined;
  const waiting = new Map<Topic, Waiting>();

  const settle = (answer: Answer<never>): void => {
    const settled = current;
    current = undefined;
    settled?.settle(answer);
    next();
  };
  const next = (): void => {
    const [first] = waiting.values();
    if (current !== undefined || first === undefined) return;
    waiting.delete(first.question.topic);
    current = first;
    const asked = worker;
    const clock = setTimeout(() => {
      asked.terminate();
      worker = ownWorker();
      settle({ tag: "failed", text: "This took too long, and was given up." });
    }, patience);
    const done = (answer: Answer<never>): void => {
      clearTimeout(clock);
      settle(answer);
    };
    asked.onmessage = ({ data }) => done(data);
    asked.onerror = ({ message }) => done({ tag: "failed", text: message });
    asked.postMessage(first.question);
  };
  return (topic, given) =>
    new Promise((done) => {
      waiting.get(topic)?.settle({ tag: "stale" });
      waiting.set(topic, { question: { tag: "question", topic, given }, settle: done });
      next();
    });
};
