import type { InputSpec } from "../../circuit/model.ts";

/** What the data have at each position of an axis: an input, or else a target, that stands over this axis alone. */
export const dataAlong = (
  inputs: ReadonlyArray<Pick<InputSpec, "name" | "role" | "axes">>,
  axis: string,
  isWanted: (name: string) => boolean = () => true,
): string | undefined =>
  (["input", "target"] as const)
    .flatMap((role) => inputs.filter((input) => input.role === role))
    .find(({ name, axes }) => axes.length === 1 && axes[0]!.key === axis && isWanted(name))?.name;
