import type { Answer, Given, News, Order, Question, Told, Topic } from "../protocol.ts";
import { analyse } from "./analyse.ts";
import { checkGradient } from "./check-gradient.ts";
import { code } from "./code.ts";
import { equations } from "./equations.ts";
import { flow } from "./flow.ts";
import { moduleText } from "./module-text.ts";
import { picture } from "./picture.ts";
import { randomData } from "./random-data.ts";
import { training } from "./training.ts";

type Answers = { readonly [T in Topic]: (given: Given<T>) => Told<T> };

const answers: Answers = { analyse, equations, picture, code, moduleText, checkGradient, flow, randomData };

/** What a worker does: it answers questions one after the other, or trains. */
export const serve = (): void => {
  const tell = (message: Answer<unknown> | News): void => scope.postMessage(message);
  const obey = training(tell);
  scope.onmessage = ({ data }) => (data.tag === "question" ? tell(answer(data)) : obey(data));
};

const answer = <T extends Topic>({ topic, given }: Question<T>): Answer<Told<T>> => {
  try {
    return { tag: "told", value: answers[topic](given) };
  } catch (error) {
    return { tag: "failed", text: error instanceof Error ? error.message : String(error) };
  }
};

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: Question | Order }) => void;
  readonly postMessage: (message: unknown) => void;
};
