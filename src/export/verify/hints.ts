import type { TensorTold } from "./batch.ts";
import type { Comparison, Difference } from "./compared.ts";

/** What the numbers alone say of a likely cause, at the smallest case. */
export const hintsOf = (
  difference: Difference,
  { loss, parameters }: Comparison,
  lengths: ReadonlyArray<readonly [name: string, lengths: TensorTold]>,
  tolerance: number,
): ReadonlyArray<string> => {
  const errors = [loss.error, ...parameters.map(({ error }) => error)];
  const differing = parameters.filter(({ error }) => error > tolerance);
  const unequal = lengths.filter(([, { data }]) => new Set(data).size > 1).map(([name]) => name);
  const isOpposite = (a: number, b: number): boolean => a !== 0 && Math.abs(a + b) <= tolerance * Math.abs(a);
  return [
    ...(difference.of === "loss" && isOpposite(loss.rnnc, loss.torch) ? ["the losses have opposite signs"] : []),
    ...(difference.of === "gradient" && differing.some(({ isReached }) => !isReached)
      ? [
          `the losses agree, and PyTorch gives no gradient of ${differing
            .filter(({ isReached }) => !isReached)
            .map(({ tensor }) => tensor)
            .join(", ")}: is something detached (.detach(), .data, no_grad) or not learned?`,
        ]
      : difference.of === "gradient"
        ? ["the losses agree and the gradients do not: is something detached (.detach(), .data, no_grad)?"]
        : []),
    ...factorOf(difference, parameters, differing, tolerance),
    ...(unequal.length > 0
      ? [
          `no smaller batch differs, and in this one ${unequal.join(", ")} is not the same for all examples: is padding left out?`,
        ]
      : []),
    ...(Math.max(...errors) < 1e-4
      ? ["the errors are as small as single precision makes them: is something float32?"]
      : []),
  ];
};

/** A constant that one side leaves out has no gradient; a factor is in all of them. */
const factorOf = (
  difference: Difference,
  parameters: Comparison["parameters"],
  differing: Comparison["parameters"],
  tolerance: number,
): ReadonlyArray<string> => {
  if (difference.of !== "loss" || parameters.length === 0) return [];
  if (differing.length === 0)
    return [
      `the gradients agree, so the losses differ by a constant, here ${difference.torch - difference.rnnc}: is a term left out that no parameter is in?`,
    ];
  const factors = differing.map(({ rnnc, torch }) => torch / rnnc);
  const [factor = Number.NaN] = factors;
  const isShared = factors.every((each) => Math.abs(each - factor) <= 1e3 * tolerance * Math.abs(factor));
  return isShared && differing.length === parameters.length && Number.isFinite(factor) && factor !== 0
    ? [`PyTorch's gradients are all ${Number(factor.toPrecision(6))} times rnnc's`]
    : [];
};
