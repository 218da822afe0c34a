import { bytesOf } from "./bytes.js";

/** @import { Values } from "../../../runtime/interface.ts" */
/** @import { Program } from "../../../runtime/program.ts" */

/**
 * A program whose code stands in a WebAssembly module. Each program has an instance and a memory of its own, made when
 * its arena is first asked for; in it stand the dims, the addresses of buffers and tables, and from `base` on the arena.
 *
 * @param {() => any} instance makes an instance of the module, which a model's programs share
 * @param {number} number of the program: the exported function `run` with it is the program
 * @param {boolean} holds whether there is a function `hold` as well, which packs parameters
 * @param {number} bytes of a number
 * @param {number} base
 * @param {ReadonlyArray<number>} tables the lengths that the program reads
 * @param {Omit<Program, "arena" | "run">} parts
 * @returns {Program}
 */
export function newWasmProgram(instance, number, holds, bytes, base, tables, parts) {
  const first = 1 + parts.lengths.length;
  /** @type {any} */
  let exported;
  /** @type {Int32Array} */
  let words;
  /** @type {ReadonlyArray<number> | undefined} */
  let known;
  /** @type {ReadonlyArray<number>} */
  let places = [];
  const arena = (/** @type {number} */ size) => {
    exported ??= instance();
    const missing = base + size * bytes - exported.memory.buffer.byteLength;
    if (missing > 0) exported.memory.grow(Math.ceil(missing / 65536));
    const { buffer } = exported.memory;
    words = new Int32Array(buffer);
    return bytes === 4 ? new Float32Array(buffer, base, size) : new Float64Array(buffer, base, size);
  };
  const place = (/** @type {ReadonlyArray<number>} */ dims, /** @type {ReadonlyArray<number>} */ offsets) => {
    if (offsets !== known) {
      if (exported === undefined) arena(0);
      offsets.forEach((offset, i) => {
        words[first + i] = base + offset * bytes;
      });
      places = tables.map((_, i) => (base + Number(offsets[offsets.length - tables.length + i]) * bytes) / 4);
      known = offsets;
    }
    for (let i = 0; i < dims.length; i += 1) words[i] = /** @type {number} */ (dims[i]);
  };
  const [run, hold] = [`run${number}`, `hold${number}`];
  return {
    ...parts,
    arena,
    run: (_, lengths, dims, offsets) => {
      place(dims, offsets);
      for (let i = 0; i < tables.length; i += 1)
        words.set(/** @type {Int32Array} */ (lengths[/** @type {number} */ (tables[i])]), places[i]);
      exported[run]();
    },
    hold: (_, dims, offsets) => {
      place(dims, offsets);
      if (holds) exported[hold]();
    },
  };
}

/**
 * Instances of a module, which is made when it is first asked for: nothing else of a compiled model needs an engine that
 * allows it.
 *
 * @param {string} text its bytes in base64
 */
export function wasmModule(text) {
  /** @type {any} */
  let module;
  return () => {
    const refusal = (/** @type {string} */ what, or = "") =>
      new Error(`this model was compiled to WebAssembly with vectors, ${what}: compile it with target js${or}`);
    if (typeof WebAssembly === "undefined") throw refusal("and there is no WebAssembly here");
    try {
      module ??= new WebAssembly.Module(bytesOf(text));
    } catch (error) {
      const reason = String(error instanceof Error ? error.message : error);
      const isForbidden = reason.includes("Content Security");
      throw isForbidden
        ? refusal(`which this page forbids (${reason})`, ", or add 'wasm-unsafe-eval' to the page's script-src")
        : refusal(`which this engine does not take (${reason})`);
    }
    return new WebAssembly.Instance(module).exports;
  };
}
