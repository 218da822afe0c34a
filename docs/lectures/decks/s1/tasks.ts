import { accuracy } from "../../../../examples/tasks/measure.ts";
import { trainTask } from "../../../../examples/tasks/train.ts";
import { once } from "../../../../src/once.ts";
import { fiveShapes } from "../../figures/shapes.ts";
import type { Chapter } from "../../lecture.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { unfolded } from "../../parts/pictures.ts";
import { taskNamed } from "../../parts/trained.ts";
import { example } from "../../programs.ts";

const sentiment = taskNamed("many to one: sentiment, last");
const kinds = taskNamed("names: female or male");
const generation = taskNamed("names: generation");

const right = (task: typeof sentiment) =>
  computed(() => {
    const trained = trainTask(task);
    const heldOut = task.heldOut();
    const [mark] = task.marks;
    const baseline = mark!.baseline!;
    return toldTable(
      `After ${task.settings.steps} steps of ${task.settings.batch}`,
      [
        ["", "right, never seen"],
        ["the network", `${(100 * accuracy(trained, heldOut)).toFixed(1)} %`],
        [baseline.name, `${(100 * baseline.measure(task.training(), heldOut)).toFixed(1)} %`],
      ],
      `npm run examples -- '${task.name}'`,
    );
  });

const trained = once(() => trainTask(generation));

const drawn = computed(() => {
  const { compiled, params } = trained();
  const letters = generation.words!.y!;
  const names = (temperature: number, kind: number): string =>
    compiled
      .generate(params, {
        length: 13,
        size: 6,
        seed: 5,
        temperature,
        inputs: Array.from({ length: 6 }, () => ({ kind })),
      })
      .values.y!.map((found) =>
        (found as ReadonlyArray<number>)
          .filter((letter) => letter > 1)
          .map((letter) => letters[letter]!)
          .join(""),
      )
      .join(", ");
  return toldTable(
    "Names that it draws, by temperature",
    [["temperature", "female", "male"], ...[0.3, 0.7, 1, 1.5].map((at) => [`${at}`, names(at, 0), names(at, 1)])],
    "npm run examples -- 'names: generation'",
  );
});

export const tasks: Chapter = {
  title: "Different types of sequence modelling tasks",
  figures: [
    fiveShapes({ slide: "Different Types of Sequence Modeling Tasks", rows: ["99", "100", "101", "102", "103"] }),
    {
      name: "words",
      title: "Many to one, by words: sentiment",
      slide: "Many-to-One (“Word”-RNN)",
      rows: ["101"],
      words: ["A judgement, which “not” turns around, among words that say nothing."],
      exhibits: [
        {
          program: example("sentiment-last", sentiment.statics),
          opens: { view: "training", data: sentiment.training().slice(0, 60) },
          parts: [right(sentiment)],
        },
      ],
    },
    {
      name: "characters",
      title: "Many to one, by characters: classifying names",
      slide: "Many-to-One (“Character”-RNN)",
      rows: ["105"],
      words: [
        "First names letter by letter: female or male. The last letters say much; the network reads all of them.",
      ],
      exhibits: [
        {
          program: example("name-class", kinds.statics),
          opens: { starter: "name-class", view: "training" },
          parts: [right(kinds)],
        },
      ],
    },
    {
      name: "generation",
      title: "Many to many: generating names, and sampling",
      slide: "Generating Names with a Character-level RNN",
      rows: ["78", "105", "76", "77"],
      words: [
        "In training the letters of a name are given, each is to be told from those before. To generate, the next letter is drawn from the softmax and read at the next step. The temperature sharpens or flattens what is drawn from; near 0 it takes the most probable.",
      ],
      exhibits: [
        {
          program: example("name-generation", generation.statics),
          opens: { starter: "name-generation", view: "training" },
          parts: [
            drawn,
            {
              ...unfolded(
                { lengths: { T: 3 }, fed: "both" },
                "“Training” and “generating new text”, of one program. Dark is what is given, L the loss.",
              ),
              isWide: true,
            },
          ],
        },
      ],
    },
  ],
};
