// The model where sound is made: a stream for each channel, bound once. A block is played without making garbage.
import { init, stream } from "./amplifier.js";

registerProcessor(
  "amplifier",
  class extends AudioWorkletProcessor {
    constructor({ processorOptions: { params = init(1), channels = 2 } = {} }) {
      super();
      this.channels = Array.from({ length: channels }, () => stream(params));
      this.port.onmessage = () => this.channels.forEach(({ reset }) => reset());
    }

    process([input], [output]) {
      for (let c = 0; c < input.length; c += 1) this.channels[c].process(input[c], output[c], input[c].length);
      return true;
    }
  },
);
