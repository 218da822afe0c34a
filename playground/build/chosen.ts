import type { Starter } from "../src/starters.ts";

/** A program of `examples/`, and the task there whose data it is trained on; without one, on random examples. */
export interface Chosen {
  readonly program: string;
  readonly title: string;
  readonly task?: string;
  readonly statics?: Starter["program"]["statics"];
  readonly settings?: Starter["settings"];
  /** How many of the task's examples the page has; by default a hundred. */
  readonly examples?: number;
}

/** The models to begin from. */
export const chosen: ReadonlyArray<Chosen> = [
  { program: "elman", title: "Elman network" },
  { program: "hello", title: "Characters: hello", task: "characters: hello" },
  { program: "complement-bit", title: "One neuron: reverse a bit", task: "problem 1: reverse a bit" },
  { program: "complement-if-same", title: "Feedback: reverse if same", task: "problem 4: reverse if same" },
  { program: "mlp", title: "No time: a class of a point", task: "one to one: a class of a point", examples: 200 },
  { program: "type-one", title: "Type I: hidden to hidden", task: "type one: the input before the last" },
  { program: "type-two", title: "Type II: output to hidden", task: "type two: what its outputs show" },
  { program: "type-three", title: "Type III: one output", task: "type three: the first input" },
  { program: "lstm-equations", title: "LSTM as its six equations" },
  {
    program: "long-range-cue",
    title: "A cue ten words before",
    task: "a cue 10 words before",
    statics: { V: 6, n: 16, C: "LSTM" },
  },
  { program: "sentiment-mean", title: "Many to one: sentiment", task: "many to one: sentiment, mean", examples: 200 },
  {
    program: "name-class",
    title: "Letters: kinds of names",
    task: "names: female or male",
    statics: { V: 28, d: 6, n: 12 },
    examples: 600,
    settings: { steps: 200, rate: 0.005 },
  },
  {
    program: "name-generation",
    title: "Letters: new names",
    task: "names: generation",
    statics: { V: 28, d: 8, n: 32 },
    examples: 1200,
    settings: { steps: 600 },
  },
  { program: "tagger", title: "Bidirectional: named entities", task: "named entities" },
  { program: "fill-in", title: "Bidirectional: fill in a gap", task: "fill in, from both sides", examples: 200 },
  { program: "encoder-decoder", title: "Encoder, decoder: parse trees", task: "parse tree as a string" },
  { program: "translation", title: "Attention: translation", task: "translation with attention", examples: 300 },
  { program: "which-year", title: "Attention: copy the year", task: "I went to Nepal in 2009" },
  { program: "caption-first-state", title: "One to many: captions", task: "one to many: captions, first-state" },
  {
    program: "hamiltonian",
    title: "A pendulum by its energy",
    task: "derivatives: a pendulum by its energy",
    examples: 40,
  },
];
