/** The whole bundle is this function (`playground/build/bundle.ts`): from a file a page cannot read its own script otherwise. */
declare const rnncPlayground: () => void;

/** A worker that runs the page's own script. */
export const ownWorker = (): Worker => {
  const place = URL.createObjectURL(new Blob([`(${rnncPlayground})()`], { type: "text/javascript" }));
  const worker = new Worker(place);
  // It is read once the worker has begun.
  worker.addEventListener("message", () => URL.revokeObjectURL(place), { once: true });
  return worker;
};
