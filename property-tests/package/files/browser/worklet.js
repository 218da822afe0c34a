// A compiled model where sound is made: no `atob`, no `fetch`, no timers.
import * as js from "./model-js.js";
import * as wasm from "./model-wasm.js";
import { bitsAfter } from "./training.js";

registerProcessor(
  "model",
  class extends AudioWorkletProcessor {
    constructor() {
      super();
      try {
        const params = js.init(1);
        const { output } = js.step(params, js.start(params), { x: [0.5, -0.5] });
        this.port.postMessage({ stepped: Array.from(output.m), bits: [bitsAfter(js), bitsAfter(wasm)] });
      } catch (error) {
        this.port.postMessage({ error: String(error) });
      }
    }
    process() {
      return false;
    }
  },
);
