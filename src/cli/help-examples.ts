import type { Command } from "commander";

/** A line that can be typed as it stands, and what it does. */
export interface HelpExample {
  readonly line: string;
  readonly does: string;
}

const example = (line: string, does: string): HelpExample => ({ line, does });

/** What `--help` of each command ends with. A test has each line parsed by the command that it is of. */
export const helpExamples: Readonly<Record<string, ReadonlyArray<HelpExample>>> = {
  rnnc: [
    example("rnnc init", "list the templates of projects"),
    example("rnnc check elman.rnn", "what is wrong with a program, or what it is"),
    example("rnnc train names.rnn --data names.tsv --map w=name --map y=kind", "train it on a table"),
  ],
  init: [
    example("rnnc init", "list the templates"),
    example("rnnc init classify", "a project in the folder classify"),
    example("rnnc init forecast my-forecast", "a project in a folder of your choice"),
  ],
  check: [
    example("rnnc check elman.rnn", "diagnostics, parameters, and what a step takes"),
    example("rnnc check elman.rnn --set n=64 --batch 32 --length T=200", "the cost of a batch of that size"),
    example("rnnc check elman.rnn --watch", "again whenever it changes"),
    example("rnnc check elman.rnn --json", "the same for programs to read"),
  ],
  compile: [
    example("rnnc compile elman.rnn -o elman.js", "elman.js and its types in elman.d.ts"),
    example("rnnc compile elman.rnn -o elman.mjs --set n=64 --precision f64", "with a size, in double precision"),
    example("rnnc compile elman.rnn -o elman.js --exports init,start,step", "with these functions alone"),
    example("rnnc compile elman.rnn -o elman.c --target c", "C that asks for no library, and elman.h"),
    example("rnnc compile elman.rnn -o elman.js --watch", "again whenever it changes"),
  ],
  types: [example("rnnc types elman.rnn", "elman.d.rnn.ts, for a bundler's first build")],
  gradcheck: [
    example("rnnc gradcheck elman.rnn", "at three seeds, with small sizes"),
    example("rnnc gradcheck elman.rnn --times 20 --wrt x", "at twenty, by the input x too"),
  ],
  verify: [
    example("rnnc verify elman.rnn --against elman.py", "your own nn.Module, its parameters by their names"),
    example(
      "rnnc verify elman.rnn --against elman.py --arg hidden=n --map U=rnn.weight_ih_l0",
      "with what names do not tell",
    ),
  ],
  show: [
    example("rnnc show elman.rnn -o elman.svg", "the circuit diagram"),
    example("rnnc show elman.rnn --view unfolded --length T=4 -o unfolded.svg", "the unfolded computational graph"),
    example("rnnc show lstm.rnn --view step -o step.svg", "one step of each recurrence, as slides draw an LSTM"),
    example("rnnc show elman.rnn --view adjoint --format latex", "backpropagation through time, derived"),
    example("rnnc show elman.rnn --view schedule --program gradient", "what is computed when, and what it takes"),
    example(
      "rnnc show runs/translation --plot a -o attention.svg",
      "what a run attends to, in the words of an example",
    ),
    example("rnnc show runs/translation -o curves.svg", "how its training went"),
  ],
  flow: [
    example("rnnc flow elman.rnn", "how fast gradients vanish or explode, at first"),
    example("rnnc flow elman.rnn --set n=64 --length T=50 -o flow.svg", "heat maps, bounds and spectra as a picture"),
    example("rnnc flow runs/char-lm --of h,h.c -o flow.html", "a page of a run, before and after training"),
  ],
  explain: [example("rnnc explain RNN134", "what this code means"), example("rnnc explain", "all codes")],
  fmt: [
    example("rnnc fmt elman.rnn lstm.rnn", "format both in place"),
    example("rnnc fmt --check elman.rnn", "only say whether it is formatted"),
  ],
  train: [
    example("rnnc train char-lm.rnn --data book.txt --set n=128", "a language model of a text"),
    example("rnnc train names.rnn --data names.tsv --map w=name --map y=kind --tokens chars", "a class for each name"),
    example("rnnc train tagger.rnn --data news.tagged --map w=word --map y=tag --lower", "a tag for every word"),
    example(
      "rnnc train forecast.rnn --data load.csv --window 48 --ahead 12 --map x=load --map y=load --normalise x,y",
      "what follows in a series",
    ),
    example("rnnc train --resume runs/names", "go on with a saved run"),
  ],
  sweep: [
    example(
      "rnnc sweep elman.rnn --set n=16,32 --seed 1..5 -- --data rows.jsonl",
      "ten commands, for `| parallel` or xargs",
    ),
    example("rnnc sweep elman.rnn --collect", "what their runs came to, the best first"),
  ],
  generate: [
    example('rnnc generate runs/char-lm --prefix "The " --temperature 0.7', "text that goes on from a beginning"),
    example("rnnc generate runs/translation --data sentences.tsv --beam 4", "the most probable translations"),
  ],
  eval: [
    example("rnnc eval runs/names", "on what was held out"),
    example("rnnc eval runs/names --data others.tsv --json", "on other data, for programs to read"),
  ],
  predict: [
    example("rnnc predict runs/names --data unknown.tsv -o answers.csv", "a table with the predictions"),
    example("rnnc predict runs/names --data - --format tsv --outputs p", "from standard input, the output p alone"),
  ],
  report: [
    example("rnnc report runs/names", "runs/names/report.html, of what was held out"),
    example("rnnc report runs/names --data others.tsv -o others.html", "of other data, into a file of your choice"),
  ],
  export: [
    example("rnnc export runs/forecast --target c --weights int8 -o forecast.c", "as C, a byte for each weight"),
    example("rnnc export runs/names -o names.js", "names.js, which predicts by itself, and its types"),
    example("rnnc export runs/names -o names.js --exports predict --target js", "predict alone, in JavaScript"),
    example("rnnc export elman.rnn --to pytorch -o elman.py", "the model as an nn.Module, its loss within"),
    example("rnnc export runs/names --to onnx -o names.onnx", "a graph for ONNX Runtime"),
  ],
  weights: [example("rnnc weights show runs/names", "each weight with its shape and range")],
  "weights show": [
    example("rnnc weights show runs/names", "each weight with its shape and range"),
    example("rnnc weights show names.safetensors --json", "those of a file, for programs to read"),
  ],
  "weights export": [example("rnnc weights export runs/names -o names.safetensors", "what PyTorch's world reads")],
  "weights import": [
    example("rnnc weights import runs/names --from other.safetensors --map lstm.weight=h.W", "under another name"),
    example("rnnc weights import runs/names --from other.onnx --layer LSTM_1=h", "of a node of ONNX"),
  ],
};

/** Every command under the words that call it, the program itself among them. */
export const commandsOf = (program: Command): ReadonlyArray<readonly [words: string, command: Command]> => [
  [program.name(), program],
  ...program.commands.flatMap((command) => namedCommands(command, command.name())),
];

const namedCommands = (command: Command, words: string): ReadonlyArray<readonly [string, Command]> => [
  [words, command],
  ...command.commands.flatMap((inner) => namedCommands(inner, `${words} ${inner.name()}`)),
];

/** Gives every command its examples. */
export const withHelpExamples = (program: Command): Command => {
  for (const [words, command] of commandsOf(program)) {
    const examples = helpExamples[words] ?? [];
    if (examples.length > 0) command.addHelpText("after", helpText(examples));
  }
  return program;
};

const helpText = (examples: ReadonlyArray<HelpExample>): string =>
  ["", "Examples:", ...examples.flatMap(({ line, does }) => [`  ${line}`, `      ${does}`])].join("\n");
