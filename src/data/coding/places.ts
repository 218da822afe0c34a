import type { ModelInfo } from "../../runtime/interface.ts";
import type { DeclaredVariable } from "./declared.ts";
import type { Stretch } from "./values.ts";

/** Where what is said of a series belongs: to its rows one by one, to the rows that follow its window, or to the whole. */
export type Place = "rows" | "following" | "whole";

/** The place of what is said under a name, as `mu`, `p.english` or `y.low`: no variable's name has a dot. */
export const placesOf = (
  { outputs }: Pick<ModelInfo, "outputs">,
  declared: ReadonlyArray<DeclaredVariable>,
  { window }: Stretch,
): ((name: string) => Place) => {
  const targets = declared.filter(({ role }) => role === "target");
  const inputs = declared.filter(({ role }) => role === "input");
  return (name) => {
    const [variable] = name.split(".");
    const said = outputs.find((output) => output.name === variable)?.indices;
    const [axis] = said ?? targets.find((target) => target.name === variable)?.axes ?? [];
    const stands = ({ axes }: DeclaredVariable): boolean => axis !== undefined && axes[0] === axis;
    if (inputs.some(stands)) return "rows";
    if (!targets.some(stands)) return "whole";
    // Without a window a series is all its rows, also of a target along an axis of its own.
    return window === undefined ? "rows" : "following";
  };
};
