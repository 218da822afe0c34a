import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { times } from "./dice.ts";
import type { Measurement } from "./measurement.ts";

export interface Asked {
  readonly name: string;
  readonly seeds: ReadonlyArray<number>;
}

const worker = fileURLToPath(new URL("./worker.ts", import.meta.url));

/** Measures tasks in so many processes side by side, each as soon as one is free; `told` hears of each that is done. */
export const measureInProcesses = async (
  asked: ReadonlyArray<Asked>,
  processes: number,
  told: (measurement: Measurement) => void,
): Promise<ReadonlyArray<Measurement>> => {
  const left = asked.map((one, place) => ({ one, place }));
  const measured: Measurement[] = [];
  await Promise.all(
    times(Math.min(processes, asked.length), async () => {
      const child = fork(worker);
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const measurement = await answerOf(child, next.one);
        told(measurement);
        measured[next.place] = measurement;
      }
      child.disconnect();
    }),
  );
  return measured;
};

const answerOf = (child: ChildProcess, asked: Asked): Promise<Measurement> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`${asked.name}: its process ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (measurement) => {
      child.off("exit", ended);
      resolve(measurement as Measurement);
    });
    child.send(asked);
  });
