import type { Answer, Given, Question, Told, Topic } from "../protocol.ts";
import { ownWorker } from "./own-script.ts";
import { newQueue } from "./queue.ts";

export type Ask = <T extends Topic>(topic: T, given: Given<T>) => Promise<Answer<Told<T>>>;

/** Asks the compiler, which works beside the page. */
export const newClient = (): Ask => {
  const queue = newQueue<Question, Told<Topic>>(async () => ownWorker());
  return <T extends Topic>(topic: T, given: Given<T>) =>
    queue(topic, { tag: "question", topic, given }) as Promise<Answer<Told<T>>>;
};
