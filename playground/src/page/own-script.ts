/** The whole bundle is this function (`playground/build/bundle.ts`): from a file a page cannot read its own script otherwise. */
declare const rnncPlayground: () => void;

/** A worker that runs the page's own script. */
export const ownWorker = (): Worker => workerOf(String(rnncPlayground));

/** A worker that runs a function, given as its text. */
export const workerOf = (script: string): Worker => {
  const place = URL.createObjectURL(new Blob([`(${script})()`], { type: "text/javascript" }));
  const worker = new Worker(place);
  // It is read once the worker has begun.
  worker.addEventListener("message", () => URL.revokeObjectURL(place), { once: true });
  return worker;
};
