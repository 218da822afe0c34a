import type { Answer } from "../protocol.ts";

interface Waiting<Q, A> {
  readonly question: Q;
  readonly settle: (answer: Answer<A>) => void;
}

/** So long an answer may take, in milliseconds; then the worker is given up and another one begins. */
const patience = 30_000;

/** Asks a worker, which begins when it is first needed, one question at a time: of each topic the last that waits. */
export const newQueue = <Q, A>(begin: () => Promise<Worker>) => {
  let worker: Promise<Worker> | undefined;
  let isBusy = false;
  const waiting = new Map<string, Waiting<Q, A>>();

  const next = async (): Promise<void> => {
    const [first] = waiting;
    if (isBusy || first === undefined) return;
    const [topic, { question, settle }] = first;
    waiting.delete(topic);
    isBusy = true;
    worker ??= begin();
    const answer = await worker.then((begun) => answered<Q, A>(begun, question), failed);
    // What did not answer in time is still at work; what never began may begin another time.
    if (answer.tag === "failed" && answer.isOver === true) {
      worker.then(
        (late) => late.terminate(),
        () => undefined,
      );
      worker = undefined;
    }
    isBusy = false;
    settle(answer);
    void next();
  };
  return (topic: string, question: Q): Promise<Answer<A>> =>
    new Promise((settle) => {
      waiting.get(topic)?.settle({ tag: "stale" });
      waiting.set(topic, { question, settle });
      void next();
    });
};

const failed = (reason: unknown): Answer<never> => ({
  tag: "failed",
  text: reason instanceof Error ? reason.message : String(reason),
  isOver: true,
});

const answered = <Q, A>(worker: Worker, question: Q): Promise<Answer<A>> =>
  new Promise((done) => {
    const clock = setTimeout(() => done(failed("This took too long, and was given up.")), patience);
    const settle = (answer: Answer<A>): void => {
      clearTimeout(clock);
      done(answer);
    };
    worker.onmessage = ({ data }) => settle(data);
    worker.onerror = ({ message }) => settle(failed(message || "The worker cannot begin."));
    worker.postMessage(question);
  });
