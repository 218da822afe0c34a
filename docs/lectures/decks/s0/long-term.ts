import { accuracy } from "../../../../examples/tasks/measure.ts";
import { cueGradient } from "../../../../examples/tasks/memory.ts";
import { trainTask } from "../../../../examples/tasks/train.ts";
import { lstmSteps } from "../../figures/cell-steps.ts";
import { feasible } from "../../figures/feasible.ts";
import { vanishing } from "../../figures/vanishing.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { wholeCircuit } from "../../parts/pictures.ts";
import { taskNamed } from "../../parts/trained.ts";
import { example } from "../../programs.ts";

const cue = example("long-range-cue", { V: 6, n: 16 });

const both = computed(() =>
  toldTable(
    "A plain RNN of 16 units, 600 steps of training",
    [
      ["cue", "words right, never seen", "after training: gradient by the cue, divided by that by the last word"],
      ...[4, 10].map((lag) => {
        const task = taskNamed(`a cue ${lag} words before`);
        const trained = trainTask(task);
        return [
          `${lag} steps before`,
          `${(100 * accuracy(trained, task.heldOut())).toFixed(1)} %`,
          cueGradient(trained, lag, task.heldOut()).toPrecision(3),
        ];
      }),
    ],
    "npm run examples -- 'a cue'",
  ),
);

export const longTerm: Chapter = {
  title: "Vanishing, exploding, and the LSTM",
  figures: [
    {
      name: "cues",
      title: "Clouds and sky, India and Hindi",
      slide: "Problems with RNNs, Vanishing/Exploding gradients",
      rows: ["106", "E13"],
      words: [
        "“the clouds are in the sky”, “India is my home country. I can speak fluent Hindi.”: 3 and 9 words stand between cue and prediction, so the cue is 4 and 10 steps before. The slides fear that the gradient does not reach the cue. Both are learned by a plain RNN all the same; the table says what of its gradient reaches the cue after training.",
      ],
      exhibits: [{ program: cue, opens: { starter: "long-range-cue", view: "training" }, parts: [both] }],
      found: [
        "After training it is the contrary of what the slides fear: the gradient by the cue is the greater one, since the cue alone decides and the network has learned to keep it, and to pass over what comes between. How a gradient vanishes where nothing has been learned yet, the next figure shows.",
      ],
    },
    vanishing({ slide: "Vanishing/Exploding gradients", rows: ["69", "65"] }),
    {
      name: "lstm",
      title: "The LSTM's equations, gate by gate",
      slide: "LSTM cell, LSTM gates",
      rows: ["16", "20", "21"],
      words: [
        "The six equations as on the slides, over the last output and the input end to end. The cell state C is the conveyor belt: an arrow from C[t−1] to C[t] that passes the forget gate alone.",
      ],
      formulas: String.raw`f_t &= \sigma(W_f · [h_{t-1}, x_t] + b_f) \\ i_t &= \sigma(W_i · [h_{t-1}, x_t] + b_i) \\ \tilde{C}_t &= \tanh(W_C · [h_{t-1}, x_t] + b_C) \\ C_t &= f_t * C_{t-1} + i_t * \tilde{C}_t \\ o_t &= \sigma(W_o [h_{t-1}, x_t] + b_o) \\ h_t &= o_t * \tanh(C_t)`,
      exhibits: [
        {
          program: example("lstm-equations"),
          opens: { starter: "lstm-equations", view: "circuit" },
          parts: [equations(), wholeCircuit("The cell as a circuit: two black squares, for C and for h.")],
        },
      ],
    },
    lstmSteps({ slide: "LSTM gates", rows: ["16", "22"] }),
    feasible({ slide: "Long Short Term Memory (LSTM): Capable of learning long dependencies", rows: ["109"] }),
  ],
};
