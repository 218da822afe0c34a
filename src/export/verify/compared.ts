import type { Params } from "../../runtime/interface.ts";
import type { Computed } from "./answers.ts";
import type { Link } from "./links.ts";

/** What rnnc says of a case. */
export interface Expected {
  readonly loss: number;
  readonly gradient: Params;
}

/** Two numbers that should be one. */
export interface Pair {
  readonly rnnc: number;
  readonly torch: number;
  readonly error: number;
}

/** The worst element of a parameter; where it has none, of a sum of tensors, in which the tensor is. */
export interface ParameterPair extends Pair {
  readonly path: string;
  /** From 0, in the shape of the parameter. */
  readonly index: ReadonlyArray<number>;
  readonly tensor: string;
  /** Whether the module gives a gradient at all. */
  readonly isReached: boolean;
}

export interface Comparison {
  readonly loss: Pair;
  /** Of each parameter that is learned, in the order of the model. */
  readonly parameters: ReadonlyArray<ParameterPair>;
}

/**
 * Losses and gradients side by side. The error of a loss is relative to the greater of the two; that of an element of a gradient
 * to the greatest of its parameter on either side, but at least to a millionth of the greatest of all and of the loss, below
 * which there is only rounding.
 */
export const compared = (expected: Expected, computed: Computed, links: ReadonlyArray<Link>): Comparison => {
  const loss = Number(computed.loss);
  const learned = links.filter(({ path }) => expected.gradient[path] !== undefined);
  const pairs = learned.flatMap((link) => partsOf(link, expected.gradient[link.path]!, computed));
  const greatest = Math.max(...pairs.map(({ scale }) => scale), finite(expected.loss));
  const least = greatest * 1e-6;
  return {
    loss: { rnnc: expected.loss, torch: loss, error: errorOf(expected.loss, loss, finite(expected.loss, loss)) },
    parameters: learned.map(({ path }) =>
      pairs
        .filter((pair) => pair.link.path === path)
        .map((pair) => worstOf(pair, least))
        .reduce((a, b) => (isWorse(b, a) ? b : a)),
    ),
  };
};

interface Part {
  readonly link: Link;
  readonly tensor: string;
  readonly isReached: boolean;
  readonly rnnc: ArrayLike<number>;
  readonly torch: ReadonlyArray<number>;
  readonly scale: number;
}

const partsOf = (link: Link, rnnc: ArrayLike<number>, { gradient }: Computed): ReadonlyArray<Part> =>
  link.parts.map(({ tensor, written, places, sign }) => {
    const given = gradient[tensor] ?? null;
    const torch = Array.from(places, (place) => (given === null ? 0 : sign * Number(given[place])));
    return {
      link,
      tensor: written,
      isReached: given !== null,
      rnnc,
      torch,
      scale: finite(...Array.from(rnnc), ...torch),
    };
  });

const finite = (...values: ReadonlyArray<number>): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);

const worstOf = ({ link, tensor, isReached, rnnc, torch, scale }: Part, least: number): ParameterPair => {
  const at = (i: number): ParameterPair => ({
    path: link.path,
    index: placeIn(link.shape, i),
    tensor,
    isReached,
    rnnc: rnnc[i]!,
    torch: torch[i]!,
    error: errorOf(rnnc[i]!, torch[i]!, Math.max(scale, least)),
  });
  const none = { path: link.path, index: [], tensor, isReached, rnnc: 0, torch: 0, error: 0 };
  return torch.length === 0 ? none : torch.map((_, i) => at(i)).reduce((a, b) => (isWorse(b, a) ? b : a));
};

const isWorse = (one: Pair, other: Pair): boolean => one.error > other.error;

/** What is no number, or infinite, on one side alone is infinitely far. */
const errorOf = (rnnc: number, torch: number, scale: number): number => {
  if (Object.is(rnnc, torch) || rnnc === torch) return 0;
  const error = Math.abs(rnnc - torch) / scale;
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
};

const placeIn = (shape: ReadonlyArray<number>, flat: number): ReadonlyArray<number> =>
  shape.map((size, i) => Math.floor(flat / shape.slice(i + 1).reduce((a, b) => a * b, 1)) % size);

/** Whatever first differs: the loss, or the first parameter in the order of the model. */
export type Difference = ({ readonly of: "loss" } & Pair) | ({ readonly of: "gradient" } & ParameterPair);

export const firstDifference = ({ loss, parameters }: Comparison, tolerance: number): Difference | undefined => {
  if (loss.error > tolerance) return { of: "loss", ...loss };
  const parameter = parameters.find(({ error }) => error > tolerance);
  return parameter === undefined ? undefined : { of: "gradient", ...parameter };
};
