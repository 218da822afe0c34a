/** The messages of ONNX, as much of them as is written or read, as plain data. */
export interface OnnxModel {
  readonly graph: OnnxGraph;
  /** What is said of the model besides: pairs of a key and a text. */
  readonly metadata: ReadonlyArray<readonly [key: string, value: string]>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly documentation: string;
  readonly nodes: ReadonlyArray<OnnxNode>;
  readonly initializers: ReadonlyArray<OnnxTensor>;
  readonly inputs: ReadonlyArray<OnnxValue>;
  readonly outputs: ReadonlyArray<OnnxValue>;
}

export interface OnnxNode {
  readonly type: string;
  readonly name: string;
  /** Names of values; "" where one that may be left out is. */
  readonly inputs: ReadonlyArray<string>;
  readonly outputs: ReadonlyArray<string>;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export type OnnxAttribute =
  | { readonly tag: "float"; readonly value: number }
  | { readonly tag: "int"; readonly value: number }
  | { readonly tag: "string"; readonly value: string }
  | { readonly tag: "ints"; readonly value: ReadonlyArray<number> }
  | { readonly tag: "floats"; readonly value: ReadonlyArray<number> }
  | { readonly tag: "strings"; readonly value: ReadonlyArray<string> }
  | { readonly tag: "tensor"; readonly value: OnnxTensor }
  | { readonly tag: "graph"; readonly value: OnnxGraph };

/** The types of elements that are written, by their numbers in ONNX. */
export const elementTypes = { float: 1, int32: 6, int64: 7, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementTypes;

export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: ReadonlyArray<number>;
  readonly data: ArrayLike<number>;
}

/** A value that goes in or out: its extents are numbers, or names of what is known at run time. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: ReadonlyArray<number | string>;
  readonly documentation?: string;
}
