import type { Model } from "../circuit/model.ts";
import type { Example, Params } from "../runtime/interface.ts";
import { isWholeState, stepBound } from "./bound.ts";
import type { Variable } from "./carried.ts";
import { type ByDistance, byDistance, directionsOf } from "./distances.ts";
import { type Factor, factorValue, nodesOf, written } from "./factor.ts";
import { type Gate, gateFrom, gatesOf } from "./gates.ts";
import { greatestOf } from "./matrix/matrix.ts";
import { spectralNorm } from "./matrix/spectral-norm.ts";
import { chosenPositions, type Pairs, pairsOf } from "./pairs.ts";
import { following } from "./slopes.ts";
import { matrixAt, nameOf, recurrentMatrices, type Spectrum, spectrumOf } from "./spectra.ts";
import { type Terms, termed, termNorms } from "./terms.ts";
import { valuesAt } from "./values.ts";

/** What flows through time in a model with some parameters, for one example. */
export interface Flow {
  readonly states: ReadonlyArray<StateFlow>;
  /** Of the gradient by each recurrent matrix, where the loss is a sum over the positions. */
  readonly terms: ReadonlyArray<Terms>;
  readonly spectra: ReadonlyArray<Spectrum>;
  readonly gates: ReadonlyArray<Gate>;
}

/** Of one variable, or of several together. */
export interface StateFlow extends Pairs {
  readonly name: string;
  readonly axis: string;
  /** How many components it has. */
  readonly size: number;
  /** Whether slopes over several positions are the products of those over one. */
  readonly isWhole: boolean;
  /** What one position stretches it by at most, by its equation alone, where there is such a bound. */
  readonly stepBound: { readonly written: string; readonly value: number } | null;
  /** Whether what was at later positions moves it, and not, or besides, what was at earlier ones. */
  readonly isBackwards: boolean;
  readonly isBothWays: boolean;
  readonly byDistance: ReadonlyArray<ByDistance>;
}

/** Variables that move together, of one axis. */
export type Subject = ReadonlyArray<Variable>;

/** Everything is compiled once, for several parameters and examples. */
export const flowOf = (
  model: Model,
  subjects: ReadonlyArray<Subject>,
): ((params: Params, example: Example) => Flow) => {
  const prepared = subjects.map((subject) => ({
    subject,
    bound: stepBound(model, subject),
    along: following(model, subject),
  }));
  const matrices = recurrentMatrices(model);
  const summed = termed(model);
  const gates = gatesOf(model);
  const bounds = prepared.flatMap(({ bound }) => (bound === undefined ? [] : nodesOf(bound)));
  const read = valuesAt(model, [...matrices, ...bounds, ...gates.map(({ node }) => node)]);
  return (params, example) => {
    const values = read(params, example);
    const reading = {
      norm: (node: number) => spectralNorm(matrixAt(model, node, values.get(node)!)),
      greatest: (node: number) => greatestOf(values.get(node)!),
    };
    const told = (bound: Factor) => ({
      written: written(bound, (node) => nameOf(model, node)),
      value: factorValue(bound, reading),
    });
    const states = prepared.map(({ subject, bound, along }): StateFlow => {
      const isWhole = isWholeState(model, subject);
      const pairs = pairsOf(along, params, example, chosenPositions(along.size));
      const limit = bound === undefined ? null : told(bound);
      return {
        name: subject.map(({ name }) => name).join(", "),
        axis: subject[0]!.axis.key,
        size: along.size,
        isWhole,
        stepBound: limit,
        ...pairs,
        isBackwards: directionsOf(pairs).every((sign) => sign < 0),
        isBothWays: directionsOf(pairs).length > 1,
        byDistance: byDistance(pairs, isWhole, limit?.value ?? null),
      };
    });
    const terms = summed.flatMap((each) => {
      const along = states.find(({ axis }) => axis === each.axis.key);
      return along === undefined ? [] : termNorms(model, each, params, example, along.length);
    });
    return {
      states,
      terms,
      spectra: matrices.map((node) => spectrumOf(nameOf(model, node), matrixAt(model, node, values.get(node)!))),
      gates: gates.map((gate) => gateFrom(gate, values.get(gate.node)!)),
    };
  };
};
