import type { Exhibit, Figure } from "../lecture.ts";
import { unfolded } from "../parts/pictures.ts";
import { starterProgram } from "../parts/trained.ts";
import { example } from "../programs.ts";

const three = { lengths: { T: 3 } };
const none = { lengths: {} };

const shapes: ReadonlyArray<Exhibit> = [
  {
    caption: "One to one: a class of a point",
    program: starterProgram("mlp"),
    opens: { starter: "mlp", view: "training" },
    parts: [unfolded(none, "No time at all.")],
  },
  {
    caption: "One to many: words for an image",
    program: starterProgram("caption-first-state"),
    opens: { starter: "caption-first-state", view: "training" },
    parts: [unfolded(three, "A vector in, a word at each step out, until eos.")],
  },
  {
    caption: "Many to one: sentiment of a sentence",
    program: example("sentiment-last"),
    opens: { view: "unfolded" },
    parts: [unfolded(three, "A word at each step in, one answer out.")],
  },
  {
    caption: "Many to many, unequal: translation",
    program: starterProgram("encoder-decoder"),
    opens: { starter: "encoder-decoder", view: "training" },
    parts: [unfolded({ lengths: { T: 3, N: 2 } }, "Three words in, then two out.")],
  },
  {
    caption: "Many to many, equal: the next letter",
    program: example("hello"),
    opens: { starter: "hello", view: "training" },
    parts: [
      unfolded(
        { ...three, fed: "given" },
        "A letter in and one out at each step, as it is trained: dark is what is given, L the loss.",
      ),
    ],
  },
];

/** One to one, one to many, many to one, many to many: five programs. */
export const fiveShapes = (of: Pick<Figure, "slide" | "rows"> & { readonly words?: Figure["words"] }): Figure => ({
  name: "shapes",
  isRoomy: true,
  title: "One to one, one to many, many to one, many to many",
  ...of,
  words: [
    ...(of.words ?? []),
    "Which shape a model has is written down nowhere: it follows from which variables stand over time. Five programs, unfolded.",
  ],
  exhibits: shapes,
});
