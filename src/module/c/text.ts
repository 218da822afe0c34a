import type { Without } from "../../circuit/optimisation.ts";
import { cWithout } from "../../emit/c/choices.ts";
import { commentText } from "../../emit/c/comment.ts";
import { functionOfNames } from "../../emit/c/function.ts";
import { newCalls, ownProgramsText } from "../../emit/c/text.ts";
import type { Programs } from "../../runtime/program.ts";
import { isBeginning } from "./beginning.ts";
import { beginningText, type FunctionText } from "./beginnings.ts";
import { stateMemoryText } from "./carried.ts";
import { checksText } from "./checks.ts";
import type { CContents, CProgram, CText } from "./contents.ts";
import { newCopies } from "./copies.ts";
import { has } from "./declarations.ts";
import { windowEndsText } from "./endings.ts";
import { forwardText, gradientText, lossFunctionText, memoryText } from "./entries.ts";
import { kernelTexts } from "./generated/kernels.ts";
import { generationText } from "./generation.ts";
import { headerText } from "./header.ts";
import { layoutText } from "./layouts.ts";
import { namesOf } from "./names.ts";
import { isDescending, isGenerating, isSearching, isStepping } from "./places.ts";
import type { Printing } from "./printing.ts";
import { searchText } from "./search.ts";
import { streamsText } from "./streams.ts";
import { descendText, trainText, usualText } from "./training.ts";
import { weightsText } from "./weights.ts";

/** A module in C: its two files. The first holds the declarations too, and needs no other. */
export const cText = (contents: CContents, without: Without): CText => {
  const { model } = contents;
  const names = namesOf(model);
  const programs = programsOf(contents);
  const printing: Printing = { contents, names, copies: newCopies(contents, names) };
  const called = newCalls();
  const choices = cWithout(without);
  const functions = [
    ...(contents.weights === undefined ? [] : [weightsText(printing)]),
    ...functionTexts(printing),
    ...(isBeginning(contents)
      ? [beginningText(printing, functionOfNames(model.precision, choices, called) as FunctionText)]
      : []),
  ];
  const header = headerText(contents, names);
  const title = `/* ${commentText(model.name)}, compiled by rnnc. */\n`;
  return {
    header: `${title}${header}`,
    source: `${title}${[
      header,
      ownProgramsText(
        programs.map(([name, { program }]) => ({ name: `rn_${name}`, program })),
        model.precision,
        choices,
        [
          kernelTexts["module.h"],
          ...([isGenerating, isSearching, isBeginning].some((draws) => draws(contents))
            ? [kernelTexts["random.h"]]
            : []),
          ...(isGenerating(contents) ? [kernelTexts["draw.h"]] : []),
          ...(isSearching(contents) ? [kernelTexts["beam.h"]] : []),
        ],
        called,
        [
          checksText(model, names),
          ...programs.map(([name, program]) => layoutText(model, name, program)),
          ...windowEndsText(contents, names),
          ...printing.copies.texts(),
          ...functions,
        ],
      ),
    ].join("\n\n")}\n`,
  };
};

/** The programs that its functions run. */
const programsOf = (contents: CContents): ReadonlyArray<readonly [keyof Programs, CProgram]> =>
  (["forward", "loss", "gradient", "train", "descend", "start", "step"] as const).flatMap((name) => {
    const program = contents.programs[name];
    const isRun = isRunBy(contents, name);
    return program === undefined || !isRun ? [] : [[name, program] as const];
  });

const isRunBy = (contents: CContents, name: Exclude<keyof Programs, "process">): boolean => {
  if (name === "start" || name === "step") return isStepping(contents) || isSearching(contents);
  return name === "descend" ? isDescending(contents) : has(contents, name);
};

const functionTexts = (printing: Printing): ReadonlyArray<string> => {
  const { contents } = printing;
  const { forward, loss, gradient, train } = contents.programs;
  const withMemory = (name: "forward" | "loss" | "gradient" | "train", own: CProgram, text: string) => [
    memoryText(printing, name, own),
    text,
  ];
  return [
    ...(has(contents, "forward") ? withMemory("forward", forward!, forwardText(printing, forward!)) : []),
    ...(has(contents, "loss") ? withMemory("loss", loss!, lossFunctionText(printing, loss!)) : []),
    ...(has(contents, "gradient") ? withMemory("gradient", gradient!, gradientText(printing, gradient!)) : []),
    ...stateMemoryText(printing),
    ...(has(contents, "train")
      ? [usualText(printing), ...withMemory("train", train!, trainText(printing, train!))]
      : []),
    ...(isDescending(contents) ? descendText(printing, contents.programs.descend!) : []),
    ...(isStepping(contents) ? streamsText(printing) : []),
    ...(isGenerating(contents) ? generationText(printing) : []),
    ...(isSearching(contents) ? searchText(printing) : []),
  ];
};
