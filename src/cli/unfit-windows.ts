import type { DeclaredVariable } from "../data/coding/declared.ts";
import { sharesAxis } from "../data/coding/fields.ts";
import type { Stretch } from "../data/coding/values.ts";
import type { ModelInfo } from "../runtime/interface.ts";

/**
 * Variables along an axis of fixed length that a window, or what follows it, is not as long as: in the words of the options,
 * all at once.
 */
export const unfitWindows = (
  { axes }: Pick<ModelInfo, "axes">,
  declared: ReadonlyArray<DeclaredVariable>,
  { window, ahead }: Stretch,
): string | undefined => {
  if (window === undefined) return undefined;
  const problems = declared.flatMap((variable) => {
    const axis = axes.find(({ name }) => name === variable.axes[0]);
    if (axis === undefined || typeof axis.length !== "number") return [];
    const isAhead = variable.role === "target" && !sharesAxis(declared, variable);
    const [option, rows] = isAhead ? ["--ahead", ahead] : ["--window", window];
    if (axis.length === rows) return [];
    const written = `${variable.name}[${variable.axes.join(",")}]`;
    return [
      `${written} has ${axis.length} positions along ${axis.name}, and ${option} ${rows} gives it ${rows}: ${option} ${axis.length} fits, or an axis \`${axis.name} in 1..${isAhead ? "N" : "T"}\` without a length of its own`,
    ];
  });
  return problems.length === 0 ? undefined : problems.join("; ");
};
