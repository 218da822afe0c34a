/**
 * The names of what the compiler adds to a circuit. Each begins with a sign that stands in no name of the language, so
 * whatever a program calls its own, none of it can be taken for these. (The run time knows the same names.)
 */
const own = (name: string): string => `$${name}`;

export const isOwnName = (name: string): boolean => name.startsWith("$");

/** How many positions came before: the first of a chunk or the one of a step counts on from it. */
export const positionName: string = own("position");

/** How many positions a stream is given at once. */
export const stepsName: string = own("steps");

/** 1 where a chunk goes on from a state, else 0. */
export const resumeName: string = own("resume");

/** Of the k-th delay along the streamed axis, the value at the p-th position after the cut. */
export const stateName = (k: number, p: number): string => own(`state.${k}.${p}`);

/** The k-th value that stays as it is while a model is stepped. */
export const contextName = (k: number): string => own(`context.${k}`);

export const isContextName = (name: string): boolean => name.startsWith(own("context."));

/** A number that the caller of a training step gives: its rate, or a constant of the optimiser. */
export const trainingName = (of: string): string => own(`train.${of}`);

/** What an optimiser remembers of a parameter. */
export const memoryName = (k: number, path: string): string => own(`memory.${k}.${path}`);

/** The gradient by a parameter, where it comes from elsewhere. */
export const gradientName = (path: string): string => own(`gradient.${path}`);

/** The norm of the gradient by a parameter. */
export const normName = (path: string): string => own(`norm.${path}`);

/** The direction of a parameter along which a loss is differentiated. */
export const directionName = (path: string): string => own(`direction.${path}`);

/**
 * What stands in the `stop` that is the k-th node of its circuit. It is given with the batch, so it begins with another
 * sign than what the run time knows for its own.
 */
export const stopName = (k: number): string => `@stop.${k}`;

/** The direction of an input, or of a parameter that moves in each example in its own. It is given with the batch, as above. */
export const movementName = (of: string): string => `@direction.${of}`;

/** By which the k-th output of a circuit is weighed where it is transposed. */
export const cotangentName = (k: number): string => own(`cotangent.${k}`);

/** What a loss gains at each position, and its slope. */
export const gainName = "@gain";
export const slopeName = "@slope";

/** Where values of a target are given: 1, and 0 where one is missing. It comes with the batch, too. */
export const givenName = (target: string): string => `@given.${target}`;

/** What a model says of the values of a target, or (of none) of an example. */
export const judgedName = (of: string, target: string): string => own(`judged.${of}.${target}`);

/** What a model expects of the values of a target. */
export const expectedName = (of: string, target: string): string => own(`expected.${of}.${target}`);

/** At which position a variable is moved whose flow is followed, and the direction of the k-th that moves. */
export const movedPlaceName = "@flow.place";
export const movedUnitName = (k: number): string => `@flow.unit.${k}`;

/** By how much the k-th of these is moved. */
export const movedByName = (k: number): string => own(`flow.${k}`);

/** By how much the k-th matrix of a recurrence is moved at each position, and at which position the loss is looked at. */
export const movedMatrixName = (k: number): string => `@flow.matrix.${k}`;
export const lookedAtName = "@flow.at";

/** The blocks into which an axis is cut, and the places in each. */
export const blockKey = (of: string): string => own(`block.${of}`);
export const placeKey = (of: string): string => own(`place.${of}`);
