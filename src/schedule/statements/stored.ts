import type { Node } from "../../circuit/circuit.ts";
import { unexpanded } from "../../circuit/unexpanded.ts";

/** Whether a node's value stands in a buffer, if it is no part of another's loops. */
export const isStored = ({ op }: Node): boolean => {
  switch (op.tag) {
    case "parameter":
    case "input":
    case "map":
    case "reduce":
    case "at":
    case "delay":
    case "concat":
      return true;
    case "constant":
    case "index":
    case "length":
    case "onehot":
    case "slice":
    case "rename":
    case "mark":
      return false;
    case "grad":
      return unexpanded("schedule");
  }
};
