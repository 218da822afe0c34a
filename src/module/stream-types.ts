import type { ModelInfo, VariableInfo } from "../runtime/interface.ts";
import { arrayOf, describe, member } from "./member-types.ts";

/** The types of `stream`: its inputs and outputs by name, with the shape of one position in each comment. */
export const streamTypes = (info: ModelInfo): string => {
  const { inputs, targets, noises, outputs, streamable } = info;
  const isMoving = ({ indices }: VariableInfo): boolean => indices.includes(`${streamable}`);
  const read = [...inputs, ...targets, ...noises].filter(isMoving);
  const given = outputs.filter(isMoving);
  const isLone = (ports: ReadonlyArray<VariableInfo>): boolean => ports.length === 1;
  return `
/** The numbers of all streams, row-major: [streams][n], then the other axes as they are written, then the components. */
export type Block = Values | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array | Uint8ClampedArray;

/** What a block reads; of each position of each stream: */
export interface StreamInputs {
${read.map((port) => member(positionText(streamable)(port), port.name, "Block", inputs.includes(port) ? "" : "?")).join("\n")}
}

/** Where a block goes; what is left out is not copied. Of each position of each stream: */
export interface StreamOutputs {
${given.map((port) => member(positionText(streamable)(port), port.name, "Values", "?")).join("\n")}
}

/** Streams in a memory of their own. Neither function allocates anything. */
export interface Stream {
  readonly streams: number;
  /**
   * The next \`n\` positions of every stream. However they are cut into blocks, the bits are the same.
   *
   * @throws RnncError for arrays that are too short, numbers that the model cannot take, names that it does not have; all
   * streams are then as they were before
   */
  readonly process: (inputs: StreamInputs${isLone(read) ? " | Block" : ""}, outputs: StreamOutputs${isLone(given) ? " | Values" : ""}, n: number) => void;
  /** Streams begin anew: one by its number from 0, some by a list, by default all. */
  readonly reset: (which?: number | ReadonlyArray<number>) => void;
}

/**
 * The model as streams that go on from block to block: bound to copies of the parameters, and from then on nothing is
 * allocated. \`step\` gives the same, one position at a time.
 *
 * @param options \`streams\`: how many there are side by side (default 1); \`context\`: what does not change from step to
 * step, of all streams or a list with one for each
 * @throws RnncError if the model cannot be stepped, or for parameters, a context or a number that do not fit it
 * @example
 * const { process, reset } = stream(params, { streams: 1 });
 * process({ ${read.map(({ name }) => exampleText(name)).join(", ")} }, { ${given.map(({ name }) => exampleText(name)).join(", ")} }, 64);   // e.g. new ${arrayOf(info)}(64) where a position is one number
 */
export declare const stream: (
  params: Params,
  options?: { readonly streams?: number; readonly context?: OneOrMany<Partial<Example>> },
) => Stream;
`;
};

const positionText =
  (streamable: string | null) =>
  ({ indices, shape, symbols }: VariableInfo): string => {
    const others = indices.filter((index) => index !== streamable);
    const values = describe(shape, others);
    return symbols === undefined ? values : values.replace("a number", `a symbol 0..${symbols - 1}`);
  };

/** As an entry of an object, whatever the name is; it must end no comment. */
const exampleText = (name: string): string => `${JSON.stringify(name).replaceAll("*/", "* /")}: array`;
