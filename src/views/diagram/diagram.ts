import type { Point } from "./grid.ts";
import type { Step } from "./tile.ts";

/**
 * A picture before it is drawn: what stands in it and what is joined, but nothing of where. Printed as text or as DOT.
 *
 * Invariant: keys are unique, and edges and frames speak of nodes that are there. Either every node has its place or none has.
 */
export interface Diagram {
  readonly title: string;
  readonly nodes: ReadonlyArray<DiagramNode>;
  readonly edges: ReadonlyArray<DiagramEdge>;
  /** Frames around the nodes of a cell. An outer one stands before those inside it. */
  readonly frames: ReadonlyArray<Box>;
  /** Whether what is read stands above what reads it, and not below. */
  readonly isDownwards?: boolean;
}

export interface DiagramNode {
  readonly key: string;
  readonly kind: NodeKind;
  /** What the node is: a variable at an index, or names of parameters. */
  readonly title: string;
  /** What comes behind the title on its line: ` = tanh(a[t])`. */
  readonly rest?: string;
  /** Further lines: boundaries, and what else it is known as. */
  readonly notes?: ReadonlyArray<string>;
  /** The frame it stands in. */
  readonly frame?: string;
  /** In an unfolded graph: the variable that it is an instance of, and when. */
  readonly row?: string;
  readonly step?: Step;
  /** Of a single component of a vector, which stands behind the vector's name: what it is called by itself, as `h[2,1]`. */
  readonly component?: string;
  /** Its centre, in points; without, Graphviz finds one. */
  readonly place?: Point;
}

/**
 * `delay` is the black square of a circuit diagram; `boundary` a value outside of an axis, as `h[0]`; `determined` a
 * variable of a graphical model that is no random one; `caption` mere text.
 */
export type NodeKind =
  | "input"
  | "parameter"
  | "noise"
  | "value"
  | "state"
  | "output"
  | "random"
  | "given"
  | "determined"
  | "boundary"
  | "delay"
  | "loss"
  | "caption";

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** What of the source is read, where that is not plain: `h[T]`. */
  readonly label?: string;
}

/**
 * `step` leads from one position to another, `feedback` into a delay, `delayed` out of it, `initial` from the value of a
 * boundary, `weight` from parameters, `draw` from a distribution to what is drawn.
 */
export type EdgeKind = "flow" | "step" | "feedback" | "delayed" | "initial" | "weight" | "draw";

export interface Box {
  readonly key: string;
  readonly label: string;
  readonly inside?: string;
}

/** The names in a node of parameters, a few a line. */
export const parameterLines = (title: string): ReadonlyArray<string> =>
  title.split(/(?<=,) /).reduce<string[]>((lines, name, i) => {
    if (i % 3 === 0) lines.push(name);
    else lines.push(`${lines.pop()} ${name}`);
    return lines;
  }, []);
