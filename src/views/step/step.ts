/**
 * One step of a recurrence before it is drawn: what is computed from the states of the step before and from what is given.
 *
 * Invariant: a wire's ends are places of nodes; wires lead forward, from what is read to what reads it, and no circle is left,
 * as a state of the step before is a node of its own.
 */
export interface Step {
  /** The cells that this is a step of, as paths. They compute the same, of what is called otherwise; names are the first one's. */
  readonly cells: ReadonlyArray<string>;
  /** What the cell is called in its source, if that is known. */
  readonly kind: string;
  readonly axis: string;
  readonly nodes: ReadonlyArray<StepNode>;
  readonly wires: ReadonlyArray<Wire>;
  /** Each state as it comes in, if it is read, and as it goes out. */
  readonly states: ReadonlyArray<{ readonly before: number | undefined; readonly after: number }>;
  readonly belts: ReadonlyArray<Belt>;
  readonly equations: ReadonlyArray<string>;
}

/**
 * `before` is a state as the last step left it, `after` as this one leaves it, `given` what comes from elsewhere, `result`
 * what is read elsewhere. A `layer` holds learned parameters, a `function` none, an `operation` combines what meets there
 * component by component.
 */
export type NodeKind = "before" | "after" | "given" | "result" | "layer" | "function" | "operation";

export interface StepNode {
  readonly kind: NodeKind;
  /** `σ`, `×`, `1−`; of what comes in or goes out, the variable. */
  readonly sign: string;
  /** The variable whose equation ends here. */
  readonly name?: string;
}

export interface Wire {
  readonly from: number;
  readonly to: number;
}

/** A state that goes through a step along operations alone: where it comes in, these in their order, where it goes out. */
export interface Belt {
  readonly before: number;
  readonly operations: ReadonlyArray<number>;
  readonly after: number;
}

/** Where wires begin and end that lead out of the picture. */
export const isPort = ({ kind }: StepNode): boolean =>
  kind === "before" || kind === "after" || kind === "given" || kind === "result";
