import { limits } from "../limits.ts";
import type { Constraint } from "./constraint.ts";
import { conflict, done, type Outcome, supposing, wait } from "./outcome.ts";
import { type Size, vector } from "./shape.ts";
import type { Unifier } from "./unifier.ts";

/** Parts laid end to end: the sizes of all but one give the last, a scalar counts as one component. */
export const concatRule = (u: Unifier, { parts, result }: Extract<Constraint, { readonly tag: "concat" }>): Outcome => {
  if (u.shape(result.shape).tag === "unknown") u.unify(result.shape, vector(u.unknownSize()));
  const whole = u.shape(result.shape);
  if (whole.tag !== "vector") return conflict("Parts laid end to end are a vector", result);
  const shapes = parts.map(({ shape }) => u.shape(shape));
  const wrong = shapes.findIndex(({ tag }) => tag === "row" || tag === "matrix" || tag === "symbol");
  if (wrong >= 0) return conflict("Only vectors and scalars are laid end to end", parts[wrong]!);
  const open = parts.filter((_, i) => shapes[i]!.tag === "unknown");
  if (open.length > 0)
    return supposing(1, () => open.forEach(({ shape }) => void u.unify(shape, vector(u.unknownSize()))));

  const sizes = shapes.map((shape): Size => (shape.tag === "vector" ? shape.size : one));
  const missing = sizes.filter(({ tag }) => tag === "unknown");
  const known = sizes.filter((size) => size.tag === "known");
  const sum = known.reduce((total, { value }) => total + value, 0);
  const origins = [...new Set(known.flatMap((size) => size.origins))].slice(0, limits.origins);
  if (missing.length === 0)
    return u.unifySize(whole.size, { tag: "known", value: sum, origins })
      ? done
      : conflict(`The parts have ${sum} components together`, result, ...parts);
  if (whole.size.tag === "unknown" || missing.length > 1) return wait;
  const rest = whole.size.value - sum;
  if (rest < 1) return conflict("The other parts leave nothing for this one", result, ...parts);
  u.unifySize(missing[0]!, {
    tag: "known",
    value: rest,
    origins: [...whole.size.origins, ...origins].slice(0, limits.origins),
  });
  return done;
};

const one: Size = { tag: "known", value: 1, origins: [] };
