/**
 * How another framework keeps the weights of its recurrent layers, as data: of which blocks of which tensors each parameter of
 * a standard cell is the sum.
 */
export interface Dialect {
  /** As messages call it. */
  readonly name: string;
  /** Where a layer's blocks lie: gates one below the other (rows), or side by side, with matrices transposed (columns). */
  readonly blocks: "rows" | "columns";
  /** Between the name of a layer and that of its tensor. */
  readonly separators: RegExp;
  /** By the name of a standard cell, its layer. */
  readonly layers: Readonly<Record<string, Layer>>;
  /** By the name of a standard cell that has no layer, the one that has, if one is alike. */
  readonly alike: Readonly<Record<string, string>>;
  /** The tensor that recurrent layers alone have. */
  readonly recurrent: string;
  /** The layer that a tensor belongs to, and its own name there; nothing for a tensor of no recurrent layer. */
  readonly placeOf: (tensor: string) => Place | undefined;
  /** The name of a tensor of a layer. */
  readonly tensorName: (layer: Omit<Place, "tensor">, tensor: string) => string;
  /** Tensors outside of recurrent layers that are kept transposed, by the last part of their names. */
  readonly transposed: ReadonlyArray<string>;
}

export interface Layer {
  /** What the dialect calls it: `nn.LSTM`. */
  readonly module: string;
  /** The word that a command names it by: `lstm`. */
  readonly word: string;
  /** By the name of a static parameter that is a function: which ones the layer may have, and how it is told. */
  readonly functions: Readonly<Record<string, LayerFunction>>;
  /** By the name of a parameter in the cell. */
  readonly parameters: Readonly<Record<string, ReadonlyArray<Part>>>;
  readonly tensors: Readonly<Record<string, TensorForm>>;
}

/** Functions of the language that a layer may have for one of its own, under the same names: what it has unless it is told comes first. */
export interface LayerFunction {
  readonly option: string;
  readonly known: readonly [usual: string, ...others: ReadonlyArray<string>];
}

/** How a tensor of a layer is made of blocks: one for each gate, of a matrix, of a vector, or of two rows of vectors. */
export interface TensorForm {
  readonly form: "matrix" | "vector" | "two vectors";
  readonly gates: number;
  /** Whether a layer may be made without it: it then is 0. */
  readonly isOptional?: true;
}

/** A block of a tensor, counted from 0; of two vectors in one of them; with the sign that it has in the parameter. */
export interface Part {
  readonly tensor: string;
  readonly gate: number;
  readonly row?: number;
  readonly sign?: -1;
}

/** Where a tensor stands: a layer of so many upon each other, in one direction, under a name. */
export interface Place {
  readonly layer: string;
  readonly level: number;
  readonly isBackward: boolean;
  readonly tensor: string;
}

/** Standard cells that are alike to one that has a layer wherever LSTM, GRU and RNN have theirs. */
export const alikeCells: Dialect["alike"] = {
  RNNConcat: "RNN",
  GRUWithoutBias: "GRU",
  ChronoGRU: "GRU",
  LSTMConcat: "LSTM",
  LSTM1997: "LSTM",
  ProjectedLSTM: "LSTM",
  ChronoLSTM: "LSTM",
};
