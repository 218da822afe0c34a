import type { Command } from "commander";
import { commandsOf } from "./help-examples.ts";

/** By option the names under which it is known elsewhere. A test sees that each stands under an option that there is. */
export const otherNames: Readonly<Record<string, string>> = {
  "--ahead": "horizon forecast-horizon",
  "--batch": "batch-size",
  "--beam": "beam-size beam-width num-beams",
  "--clip": "clip-norm grad-clip clip-grad gradient-clipping max-norm max-grad-norm",
  "--data": "input train train-data train-file dataset file",
  "--decay": "schedule scheduler lr-schedule lr-scheduler lr-decay",
  "--epochs": "epoch num-epochs n-epochs max-epochs",
  "--evaluate-every": "eval-every eval-interval validate-every",
  "--freeze": "frozen",
  "--group": "group-by groupby",
  "--held-out": "test-data test-file val-data valid-data dev",
  "--hold-out": "validation validation-split val-split test-split test-size val",
  "--init": "pretrained load weights checkpoint",
  "--last": "latest final",
  "--length": "max-length max-len max-tokens max-new-tokens steps seq-len sequence-length",
  "--lower": "lowercase lower-case",
  "--mode": "greedy argmax",
  "--normalise": "normalize standardise standardize scale",
  "--optimiser": "optimizer optim",
  "--output": "out outfile output-file",
  "--out": "output outfile output-file",
  "--patience": "early-stopping early-stop",
  "--plot": "heatmap",
  "--precision": "dtype float",
  "--prefix": "prompt start start-text",
  "--rate": "lr learning-rate learn-rate step-size",
  "--resume": "continue restore",
  "--run": "out output output-dir out-dir save-dir logdir",
  "--save-every": "checkpoint-every save-interval save-steps",
  "--seed": "random-seed random-state",
  "--set": "hidden-size hidden hidden-units hidden-dim param define",
  "--several": "num-samples samples",
  "--steps": "step iterations iters num-steps max-steps",
  "--streams": "batch batch-size bs",
  "--temperature": "temp",
  "--tokens": "tokenizer tokeniser tokenize",
  "--top-k": "topk",
  "--top-p": "topp nucleus",
  "--window": "bptt seq-len sequence-length seq-length context",
};

/** Of an option that a command does not have, the one that is called so elsewhere; and where its options are listed. */
export const withOtherNames = (program: Command): Command => {
  for (const [words, command] of commandsOf(program)) {
    const isParent = command.commands.length > 0;
    const called = isParent && words !== program.name() ? `${program.name()} ${words}` : program.name();
    command.configureOutput({ outputError: (text, write) => write(withMeant(command, text)) });
    command.showHelpAfterError(
      isParent ? `(${called} --help lists the commands)` : `(${called} ${words} --help lists the options)`,
    );
  }
  return program;
};

const withMeant = (command: Command, text: string): string => {
  const [, given] = /^error: unknown option '(--[^'=]+)/.exec(text) ?? [];
  const meant = given === undefined ? undefined : optionCalled(command, given);
  return meant === undefined ? text : `${text.split("\n", 1)[0]}\n(Did you mean ${meant}?)\n`;
};

/** The option of a command that has this other name. */
const optionCalled = ({ options }: Command, given: string): string | undefined => {
  const name = given.slice(2).toLowerCase().replaceAll("_", "-");
  return options.flatMap(({ long }) => long ?? []).find((long) => otherNames[long]?.split(" ").includes(name));
};
