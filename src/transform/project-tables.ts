import { type Axis, type FeatureAxis, featureAxis, hasAxis, unionAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rebuild } from "../circuit/rewrite.ts";
import { factorsOf, product } from "./contraction.ts";

/** Tables of so many symbols are multiplied whole: fewer rows than the positions of most batches. */
export const fewSymbols = 128;

/**
 * `U E[w[t]]` becomes `(U E^T)[w[t]]`: the table's rows are multiplied once each, not once for each position at which a
 * symbol stands. It pays where the symbols are fewer than the positions of a batch, so never for a single step.
 */
export const projectTables = (greatest: number): Pass => ({
  name: "project-tables",
  description: `multiplies tables of at most ${greatest} symbols before they are looked up`,
  run: (circuit) =>
    rebuild(circuit, (b, node, inputs) => {
      const { op } = node;
      const projected =
        op.tag === "reduce" && op.fn === "sum" ? projection(b, op.over, inputs[0]!, greatest) : undefined;
      return projected ?? copyNode(b, node, inputs);
    }),
});

/** The sum over `table`'s symbols of the table times a one-hot vector. */
interface LookUp {
  readonly table: ReadonlyArray<NodeId>;
  readonly symbols: FeatureAxis;
  readonly symbol: NodeId;
}

const projection = (b: Builder, over: ReadonlyArray<Axis>, operand: NodeId, greatest: number): NodeId | undefined => {
  const factors = factorsOf(b, operand);
  const moving = factors.filter((id) => !isStatic(b, id));
  const still = factors.filter((id) => isStatic(b, id));
  const found = moving.length === 1 && still.length > 0 ? lookUpOf(b, moving[0]!) : undefined;
  if (found === undefined || found.symbols.size > greatest) return undefined;
  const tableAxes = unionAxes(...found.table.map((id) => b.node(id).axes));
  const slots = [...tableAxes, ...b.node(operand).axes].map((axis) => (axis.tag === "feature" ? axis.slot : 0));
  const symbols = featureAxis(Math.max(...slots) + 1, found.symbols.size);
  if (!over.every((axis) => hasAxis(tableAxes, axis))) return undefined;
  const table = b.rename([[found.symbols, symbols]], product(b, found.table));
  const projected = b.sum(over, b.map("mul", product(b, still), table));
  return b.sum([symbols], b.map("mul", projected, b.onehot(symbols, found.symbol)));
};

const lookUpOf = (b: Builder, id: NodeId): LookUp | undefined => {
  const { op, inputs } = b.node(id);
  if (op.tag !== "reduce" || op.fn !== "sum" || op.over.length !== 1) return undefined;
  const factors = factorsOf(b, inputs[0]!);
  const table = factors.filter((factor) => isStatic(b, factor));
  const [chosen, ...others] = factors.filter((factor) => !isStatic(b, factor)).map((factor) => b.node(factor));
  if (chosen?.op.tag !== "onehot" || others.length > 0 || table.length === 0) return undefined;
  const { axis } = chosen.op;
  return axis.tag === "feature" && hasAxis(op.over, axis)
    ? { table, symbols: axis, symbol: chosen.inputs[0]! }
    : undefined;
};

/** Whether a value is made of components alone: the same at every time and for every example. */
const isStatic = (b: Builder, id: NodeId): boolean => b.node(id).axes.every(({ tag }) => tag === "feature");
