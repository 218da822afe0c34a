import { newSeat } from "./seat.js";

/** @import { Precision, Values } from "../interface.ts" */
/** @import { Program, Programs } from "../program.ts" */

/**
 * What a worker is asked to run: a program by its name, at sizes, on what stands in two transfers.
 *
 * @typedef {{
 *   readonly name: string,
 *   readonly dims: ReadonlyArray<number>,
 *   readonly tables: ReadonlyArray<Int32Array>,
 *   readonly whole: SharedArrayBuffer,
 *   readonly own: SharedArrayBuffer,
 *   readonly ticket: number,
 * }} Job
 */

/**
 * A worker, and the words that it is watched by. Neither holds a function of a module's: a worker lives as long as anything
 * of the module can be reached, and no longer.
 *
 * @typedef {{ readonly control: Int32Array, readonly itself: Handle }} CrewMember
 * @typedef {{ readonly postMessage: (message: unknown) => void, readonly terminate: () => void }} Handle
 */

/**
 * The words by which a worker is watched: whether it listens, the ticket of the last job that it has done, and whether
 * that went well. They are all that is written by two threads.
 */
const listens = 0;
const done = 1;
const failed = 2;

/** How often a word is read before the thread sleeps: a job that is nearly done is met awake. */
const patience = 20000;

/**
 * Workers that run programs, made when they are first wanted. `listens` says whether there is one: where it does not
 * listen yet, or where there are none (a page that is not isolated), the caller runs the job itself. What `begin` gives
 * waits until the job is done, and says whether that went well.
 *
 * @param {() => Programs} makePrograms speaks of nothing outside itself
 * @param {Precision} precision
 */
export function newCrew(makePrograms, precision) {
  const textNow = () => `"use strict";
${native()?.inWorkers() ?? ""}
(${serve})(${makePrograms}, ${newSeat}, ${JSON.stringify(precision)});`;
  /** @type {Array<CrewMember | undefined>} */
  const workers = [];
  let ticket = 0;
  // None before its second job: what runs once needs no worker, and by then native code has been loaded here.
  /** @type {Set<number>} */
  const asked = new Set();
  const workerAt = (/** @type {number} */ i) => {
    if (!(i in workers)) workers[i] = typeof SharedArrayBuffer === "undefined" ? undefined : newWorker(textNow());
    return workers[i];
  };
  const crew = {
    listens: (/** @type {number} */ i) => {
      if (!asked.has(i)) {
        asked.add(i);
        return false;
      }
      const worker = workerAt(i);
      return worker !== undefined && Atomics.load(worker.control, listens) !== 0;
    },
    begin: (/** @type {number} */ i, /** @type {Omit<Job, "ticket">} */ job) => {
      const { control, itself } = /** @type {CrewMember} */ (workers[i]);
      ticket = (ticket % 0x7fffffff) + 1;
      itself.postMessage({ ...job, ticket });
      const mine = ticket;
      return () => {
        wait(control, mine);
        return Atomics.load(control, failed) === 0;
      };
    },
  };
  dismissals().register(crew, workers);
  return crew;
}

/**
 * Workers end when nothing can ask them any more. What ends them outlives every module, so it does not stand in one.
 *
 * @returns {FinalizationRegistry<ReadonlyArray<CrewMember | undefined>>}
 */
function dismissals() {
  const place = /** @type {Record<symbol, any>} */ (globalThis);
  const name = Symbol.for("rnnc.dismissals");
  place[name] ??= new FinalizationRegistry((/** @type {ReadonlyArray<CrewMember | undefined>} */ workers) => {
    for (const worker of workers) worker?.itself.terminate();
  });
  return place[name];
}

/**
 * @param {Int32Array} control
 * @param {number} ticket
 */
function wait(control, ticket) {
  for (let i = 0; i < patience; i += 1) if (Atomics.load(control, done) === ticket) return;
  for (;;) {
    const seen = Atomics.load(control, done);
    if (seen === ticket) return;
    try {
      Atomics.wait(control, done, seen);
    } catch {
      // The first thread of a page may not sleep.
    }
  }
}

/**
 * @param {string} text
 * @returns {CrewMember | undefined}
 */
function newWorker(text) {
  const control = new Int32Array(new SharedArrayBuffer(12));
  const { process, Worker } = /** @type {any} */ (globalThis);
  const node = process?.getBuiltinModule?.("node:worker_threads");
  try {
    const worker =
      node === undefined
        ? new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })))
        : new node.Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`), { execArgv: [] });
    worker.unref?.();
    // What one that fails was to do is done here.
    worker.on?.("error", /** @type {any} */ (Atomics.store).bind(undefined, control, listens, 0));
    worker.postMessage({ control });
    return { control, itself: worker };
  } catch {
    return undefined;
  }
}

/**
 * What native modules look for, where there is any (`rnnc/native`): it tells what gives a worker the same.
 *
 * @returns {{ readonly inWorkers: () => string } | undefined}
 */
function native() {
  return /** @type {any} */ (globalThis)[Symbol.for("rnnc.native")];
}

/**
 * What a worker does. It speaks of nothing outside itself.
 *
 * @param {() => Programs} makePrograms
 * @param {typeof newSeat} seatFor
 * @param {Precision} precision
 */
function serve(makePrograms, seatFor, precision) {
  /** @type {Map<string, ReturnType<typeof newSeat>>} */
  const seats = new Map();
  /** @type {Int32Array} */
  let control;
  const programs = /** @type {Readonly<Record<string, Program>>} */ (/** @type {unknown} */ (makePrograms()));
  const seatOf = (/** @type {string} */ name) => {
    const seat = seats.get(name) ?? seatFor(/** @type {Program} */ (programs[name]), precision);
    seats.set(name, seat);
    return seat;
  };
  const view = (/** @type {SharedArrayBuffer} */ buffer) =>
    precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const run = (/** @type {Job} */ { name, dims, tables, whole, own, ticket }) => {
    let hasFailed = 0;
    try {
      seatOf(name).serve(dims, tables, view(whole), view(own));
    } catch {
      hasFailed = 1;
    }
    Atomics.store(control, 2, hasFailed);
    Atomics.store(control, 1, ticket);
    Atomics.notify(control, 1);
  };
  const hear = (/** @type {Job & { readonly control?: Int32Array }} */ message) => {
    if (message.control === undefined) run(message);
    else {
      control = message.control;
      Atomics.store(control, 0, 1);
    }
  };
  const { process } = /** @type {any} */ (globalThis);
  const node = process?.getBuiltinModule?.("node:worker_threads");
  if (node !== undefined) node.parentPort.on("message", hear);
  else Object.assign(globalThis, { onmessage: (/** @type {{ readonly data: any }} */ { data }) => hear(data) });
}
