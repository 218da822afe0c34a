import { bottleneckFigure } from "../../figures/bottleneck.ts";
import { rareWordsFigure } from "../../figures/rare-words.ts";
import { sensitivityFigure } from "../../figures/sensitivity.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { starterProgram } from "../../parts/trained.ts";
import { example } from "../../programs.ts";

const lengths = { lengths: { T: 3, N: 3 } };

export const encoders: Chapter = {
  title: "Encoder and decoder",
  figures: [
    {
      name: "encoder-decoder",
      title: "Encoder, decoder, and both put together",
      slide: "Encoder-decoder RNN, Putting them together",
      rows: ["43", "44", "79", "81"],
      words: [
        "The decoder's initial hidden state is the encoder's final one: “with h[0] = C[T]”. SOS is y[0]; EOS ends the sequence: “until y[i] == eos”, which counts EOS in the loss and nothing after it.",
      ],
      exhibits: [
        {
          program: starterProgram("encoder-decoder"),
          opens: { starter: "encoder-decoder", view: "training" },
          parts: [circuit(), unfolded(lengths)],
        },
      ],
    },
    {
      name: "teacher-forcing",
      title: "During training the real sequence, during prediction the model's own",
      slide: "Training encoder-decoder",
      rows: ["76", "77", "83"],
      words: [
        "One program, two graphs: in training y is given, and its loss L stands beside each; in prediction what comes out at i is read at i + 1.",
      ],
      exhibits: [
        {
          program: example("hello"),
          opens: { starter: "hello", view: "unfolded" },
          parts: [
            equations(),
            unfolded(
              { lengths: { T: 3 }, fed: "both" },
              "The decoder alone: as it is trained, and as it predicts. Dark is what is given, L the loss.",
            ),
          ],
        },
      ],
    },
    bottleneckFigure({
      slide: "Disadvantages: Limited Memory, Inability to Handle Global Context",
      rows: ["119", "122"],
      words: ["“Long sequences may result in information loss over time.”"],
    }),
    sensitivityFigure({ slide: "Disadvantages: Sensitivity to Hyperparameters", rows: ["122"] }),
    rareWordsFigure({ slide: "Disadvantages: Difficulty in Handling Rare Sequences", rows: ["122"] }),
  ],
};
