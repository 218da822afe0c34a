/** A project that `rnnc init` makes: what stands in its folder of `templates/`, and how it is called. */
export interface Template {
  readonly description: string;
  /** The options of `rnnc train model.rnn` that name the data and settle the training. */
  readonly train: string;
  /** What shows what it has learned, as a command line. */
  readonly predict: string;
  /** The function that its page calls. */
  readonly serves: "predict" | "generate";
  /** Static parameters so small that its gradient is compared with differences in a moment. */
  readonly small: Readonly<Record<string, number>>;
}

/** Every template by the name of its folder. */
export const templates = {
  language: {
    description: "a text, letter by letter: the first chapters of Moby-Dick",
    train: "--data moby-dick.txt --steps 1500 --streams 16 --rate 0.01",
    predict: 'rnnc generate run --prefix "The whale " --length 300 --temperature 0.5',
    serves: "generate",
    small: { V: 5, d: 2, n: 3 },
  },
  classify: {
    description: "a class for a text: from which language a name comes",
    train: "--data names.tsv --epochs 15 --rate 0.008",
    predict: "rnnc predict run --data unknown.tsv",
    serves: "predict",
    small: { V: 5, m: 3, d: 2, n: 3 },
  },
  tag: {
    description: "a class for every word of a sentence: nouns, verbs and the like",
    train: "--data sentences.conll --columns word,ending,tag --lower --min-count 2 --epochs 20 --rate 0.008",
    predict: "rnnc predict run --data unknown.conll --columns word,ending",
    serves: "predict",
    small: { V: 5, S: 4, m: 3, d: 2, e: 2, n: 2 },
  },
  forecast: {
    description: "what follows in a series: births in the United States, the next seven days",
    train: "--data births.csv --map past=births --normalise past,births --window 35 --ahead 7 --epochs 20 --rate 0.01",
    predict: "rnnc predict run --data births.csv",
    serves: "predict",
    small: { H: 2, n: 3 },
  },
  translate: {
    description: "a sentence for a sentence: English into German",
    train: "--data sentences.tsv --tokens words --epochs 30 --rate 0.01",
    predict: "rnnc generate run --data unknown.tsv --beam 4",
    serves: "generate",
    small: { V: 4, M: 4, d: 2, n: 2 },
  },
} as const satisfies Readonly<Record<string, Template>>;

export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as ReadonlyArray<TemplateName>;

export const isTemplate = (name: string): name is TemplateName => Object.hasOwn(templates, name);
