import { isOwnName } from "../../circuit/own-names.ts";
import { invariant } from "../../fault.ts";
import type { Slot } from "../../loops/loops.ts";
import type { ModelInfo, VariableInfo } from "../../runtime/interface.ts";
import type { BlockAxis } from "./cells.ts";
import type { CContents, CProgram } from "./contents.ts";
import { givenKey, variablesOf } from "./names.ts";
import { type Given, insideAxes } from "./variables.ts";

const flagPrefix = "@given.";

/** What a caller gives in the place of a leaf of a program, if it is a caller's to give. */
export const givenOf = (model: ModelInfo, { name }: Slot, without?: string | null): Given => {
  const isFlag = name.startsWith(flagPrefix);
  const own = isFlag ? name.slice(flagPrefix.length) : name;
  const variable = variablesOf(model).find((each) => each.name === own);
  invariant("c", variable !== undefined, `a module in C is given no ${name}`);
  return { variable: variable!, isFlag, axes: insideAxes(model, variable!, without) };
};

/** The leaves of a program that are data of a caller's. */
export const dataLeaves = ({ program }: CProgram): ReadonlyArray<Slot> =>
  program.leaves.filter(({ kind, name }) => kind === "input" && !isOwnName(name));

export const leavesNamed = ({ program }: CProgram, beginning: string): ReadonlyArray<Slot> =>
  program.leaves.filter(({ name }) => name.startsWith(beginning));

export const resultsOf = ({ program }: CProgram, ...roles: ReadonlyArray<string>): CProgram["program"]["results"] =>
  program.results.filter(({ role }) => roles.includes(role));

/** The axes of a slot that are no components. */
export const slotAxes = (model: ModelInfo, { axes }: Slot): ReadonlyArray<BlockAxis> =>
  axes.flatMap(({ name, extent }): ReadonlyArray<BlockAxis> => {
    if (extent.dims[0] === 0) return ["batch"];
    const axis = model.axes.find((each) => each.name === name);
    return axis === undefined ? [] : [axis];
  });

/** Where a slot begins in the arena. */
export const placeText = ({ buffer, start }: Slot): string => `M + o[${buffer}]${start === 0 ? "" : ` + ${start}`}`;

/** Of the norm of a gradient by one parameter its path; of that of all there is none. */
export const normOf = ({ name }: Slot): string | undefined => /^\$norm\.(.*)$/s.exec(name)?.[1];

/** Whether a module descends along given gradients: it trains, and gives such. */
export const isDescending = ({ exports, programs: { train, descend } }: CContents): boolean =>
  exports.includes("trainer") && exports.includes("gradient") && train !== undefined && descend !== undefined;

/** Whether a module steps: its model looks only back, and a step leaves something. */
export const isStepping = ({ exports, programs: { start, step } }: CContents): boolean =>
  exports.includes("start") && exports.includes("step") && start !== undefined && step !== undefined && hasStep(step);

/** Whether a module generates: it steps, and draws a `~` along the axis of its steps. */
export const isGenerating = (contents: CContents): boolean =>
  isStepping(contents) && contents.generation !== null && contents.exports.includes("generate");

/** Whether a module searches: it steps, and all that is drawn along the axis of its steps can be counted. */
export const isSearching = (contents: CContents): boolean => {
  const { exports, generation, programs } = contents;
  return (
    exports.includes("search") &&
    programs.start !== undefined &&
    programs.step !== undefined &&
    generation !== null &&
    roundsOf(contents)
      .flat()
      .every(({ family }) => family !== "normal")
  );
};

/** The `~` that a step draws, round by round. */
export const roundsOf = ({ model, generation }: CContents): ReadonlyArray<ReadonlyArray<Random>> =>
  (generation?.rounds ?? []).map((round) =>
    model.randoms
      .filter(({ target }) => round.includes(target))
      .map((random) => ({ ...random, variable: model.targets.find(({ name }) => name === random.target)! })),
  );

export type Random = ModelInfo["randoms"][number] & { readonly variable: VariableInfo };

/** Whether it has blocks of steps, too. */
export const isProcessing = (contents: CContents): boolean =>
  contents.exports.includes("stream") && isStepping(contents);

/** What names the field of data in a struct. */
export const fieldKey = (name: string): string =>
  name.startsWith(flagPrefix) ? givenKey(name.slice(flagPrefix.length)) : name;

const hasStep = (step: CProgram): boolean => resultsOf(step, "output", "state").length > 0;

/** The programs that carry a state from one window to the next, and what they carry. */
export const carriedSlots = ({ programs: { gradient, train, forward } }: CContents): ReadonlyArray<Slot> => {
  const slots = [gradient, train, forward].flatMap((each) => (each === undefined ? [] : resultsOf(each, "state")));
  return slots.filter(({ name }, i) => slots.findIndex((other) => other.name === name) === i);
};

/** Whether a window goes on from another: from what that leaves, or from where it ended. */
export const carries = (contents: CContents): boolean => {
  const { gradient, train, forward } = contents.programs;
  const own = [gradient, train, forward].flatMap((each) => each ?? []);
  return carriedSlots(contents).length > 0 || own.some((each) => leavesNamed(each, "$position").length > 0);
};

/** Whether a program leaves all that is carried: what outputs do not depend on, a pass forward has nothing of. */
export const carriesAll = (contents: CContents, own: CProgram): boolean =>
  carriedSlots(contents).every(({ name }) => resultsOf(own, "state").some((result) => result.name === name));
