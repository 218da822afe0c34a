import type { NodeId } from "../../circuit/circuit.ts";
import { factorsOf } from "./factors.ts";
import type { Plan } from "./plan.ts";
import type { Scribe } from "./scribe.ts";
import type { Setting } from "./setting.ts";

/** What a value is called: as the program has it, or after what it is made of. */
export const newCalled = (
  { circuit, node, recognised, homes }: Plan,
  setting: Pick<Setting, "names" | "called">,
  scribe: Scribe,
): ((id: NodeId) => string) => {
  const nameOf = (id: NodeId): string => {
    const { op, name, inputs } = node(id);
    if (name !== undefined) return setting.names.of(setting.called(name));
    const output = circuit.outputs.find((each) => each.node === id);
    if (output !== undefined) return setting.names.of(setting.called(output.name));
    const known = recognised.get(id);
    if (known !== undefined) return known.fn;
    switch (op.tag) {
      case "delay":
        return after(inputs[1]!, op.by > 0 ? "before" : "after");
      case "input":
        return setting.names.of(setting.called(op.name));
      case "at":
        return after(inputs[0]!, op.position.tag === "fromStart" ? "first" : "last");
      case "concat":
        return commonName(inputs) ?? "joined";
      case "reduce":
        return op.fn === "max" ? "greatest_of" : productName(id);
      case "map":
        return mapNames[op.fn] ?? op.fn;
      default:
        return op.tag;
    }
  };
  const after = (source: NodeId, word: string): string => {
    const { name } = node(source);
    return name === undefined ? word : `${setting.names.of(setting.called(name))}_${word}`;
  };
  /** Of parameters side by side, what their paths begin with. */
  const commonName = (ids: ReadonlyArray<NodeId>): string | undefined => {
    const paths = ids.map((id) => node(id).op).map((op) => (op.tag === "parameter" ? op.path : ""));
    const [first = ""] = paths;
    const shared = [...first].findIndex((_, i) => !paths.every((path) => path.startsWith(first.slice(0, i + 1))));
    const common = first.slice(0, shared < 0 ? first.length : shared).replace(/\.$/, "");
    return common === "" ? undefined : setting.names.of(common);
  };
  /** A product with a parameter is called after what it is a product with. */
  const productName = (id: NodeId): string => {
    const factors = factorsOf(scribe, node(id).inputs[0]!, homes.get(id)!).factors.map(inner);
    const named = factors.flatMap((factor) => {
      const { name, op } = node(factor);
      if (op.tag === "parameter" || op.tag === "onehot") return [];
      if (name === undefined) return op.tag === "reduce" ? tablesOf(factor) : [];
      return [setting.names.of(setting.called(name))];
    });
    const table = factors.map((factor) => node(factor).op).find((op) => op.tag === "parameter");
    if (factors.length > 1 && named[0] !== undefined) return `from_${named[0]}`;
    return table?.tag === "parameter" && factors.length > 1 ? setting.names.of(table.path) : "total";
  };
  const tablesOf = (id: NodeId): ReadonlyArray<string> =>
    factorsOf(scribe, node(id).inputs[0]!, homes.get(id)!).factors.flatMap((factor) => {
      const { op } = node(inner(factor));
      return op.tag === "parameter" ? [setting.names.of(op.path)] : [];
    });
  /** What a factor is another form of. */
  const inner = (id: NodeId): NodeId => {
    const { op, inputs } = node(id);
    if (op.tag === "rename" || op.tag === "slice") return inner(inputs[0]!);
    return op.tag === "delay" && node(id).name === undefined ? inner(inputs[1]!) : id;
  };
  return nameOf;
};

/** What a function gives, where nothing else says it. */
const mapNames: Readonly<Record<string, string>> = {
  add: "sum_of",
  mul: "product",
  sub: "difference",
  div: "quotient",
  select: "chosen",
  neg: "negative",
  stop: "held",
  and: "both",
  or: "either",
};
