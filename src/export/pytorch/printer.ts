import { type Axis, firstOf, hasAxis, lengthAxes, sortAxes, unionAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import { order } from "../../schedule/order/order.ts";
import { absorbingNodes } from "./absorption.ts";
import { type Keep, type Statement, withCells } from "./cells.ts";
import { type Dims, dimsOf, isPadded, maskDims } from "./dims.ts";
import { factorsOf } from "./factors.ts";
import { type Kind, kindsOf } from "./kinds.ts";
import { aligned } from "./layout.ts";
import { commonDepth, homesOf, isOpen, keptFrom, type Loop, type Path, type Step, stepsOf } from "./loops.ts";
import { constantPiece, mapPiece } from "./maps.ts";
import {
  atPiece,
  concatPiece,
  delayPiece,
  indexed,
  onehotPiece,
  renamePiece,
  slicePiece,
  withoutOpen,
} from "./moves.ts";
import type { Names } from "./names.ts";
import { paddingOf } from "./padding.ts";
import { readsOfNode } from "./reads.ts";
import type { Laid, Scribe } from "./scribe.ts";
import { recognisedIn, softmaxPiece } from "./softmax.ts";
import { reducePiece } from "./sums.ts";
import { atom, callOf, indented, type Piece, pieceOf, within } from "./text.ts";

/** What a circuit is printed with. */
export interface Setting {
  readonly names: Names;
  readonly isCounted: (input: string) => boolean;
  /** The Python of a parameter, and of an input in the inner order of its axes. */
  readonly parameter: (path: string) => string;
  readonly input: (name: string, dims: Dims, size: (axis: Axis) => string) => string;
  readonly length: (name: string) => string;
  /** Has a function of `support.ts` stand in the module. */
  readonly needs: (name: string) => string;
  /** What an input of the compiler's own is called. */
  readonly called: (name: string) => string;
  /** The modules of cells, the innermost first: their paths, and how they are read. */
  readonly cells: ReadonlyArray<{ readonly path: string; readonly text: string }>;
  readonly keep: Keep;
  /** Names that the function begins with. */
  readonly locals: ReadonlySet<string>;
  /** Whether it is one step of a recurrence: a cell then stands in no loop. */
  readonly isStep: boolean;
  readonly comment: (id: NodeId) => string | undefined;
}

/** The body of a function: what it begins with, then statements in order; and how each output is told. */
export interface Printed {
  readonly preamble: ReadonlyArray<string>;
  /** Statements by what first needs them: outputs, then the loss alone. */
  readonly forward: ReadonlyArray<string>;
  readonly further: ReadonlyArray<string>;
  /** A result in all of its axes, in the order that is given. */
  readonly result: (node: NodeId, axes: Dims) => string;
}

export const printCircuit = (
  circuit: Circuit,
  setting: Setting,
  isFirst: (output: Circuit["outputs"][number]) => boolean,
): Printed => {
  const node = (id: NodeId) => nodeAt(circuit, id);
  const absorbing = absorbingNodes(circuit);
  const recognised = recognisedIn(circuit, (id) => absorbing.has(id));
  const inputsOf = (id: NodeId): ReadonlyArray<NodeId> => {
    const known = recognised.get(id);
    return known === undefined ? node(id).inputs : [known.of];
  };
  const reads = (id: NodeId) => readsOfNode(circuit, id, recognised);
  const live = liveFrom(
    inputsOf,
    circuit.outputs.map((output) => output.node),
  );
  const early = liveFrom(
    inputsOf,
    circuit.outputs.filter(isFirst).map((output) => output.node),
  );
  const graph = { axesOf: (id: NodeId) => node(id).axes, dependencesOf: reads };
  const steps = stepsOf(
    order(
      graph,
      [...live].sort((a, b) => a - b),
    ),
  );
  const homes = homesOf(steps);
  const results = circuit.outputs.map((output) => output.node);
  const { from: kept, whole: wholes } = keptFrom(homes, results, reads);
  const padding = paddingOf(circuit);
  const dims = dimsOf(circuit, (id) => padding.fills(id) !== undefined);
  const kinds = kindsOf(circuit, setting.isCounted);
  const readers = new Map<NodeId, NodeId[]>();
  for (const id of live) for (const input of inputsOf(id)) readers.set(input, [...(readers.get(input) ?? []), id]);
  for (const id of results) readers.set(id, [...(readers.get(id) ?? []), outside]);
  /** What reads a value; what reads it in another form only is looked through. */
  const lastReaders = (id: NodeId): ReadonlyArray<NodeId> =>
    (readers.get(id) ?? []).flatMap((reader) =>
      reader !== outside && isForm(reader) ? lastReaders(reader) : [reader],
    );
  const isForm = (id: NodeId): boolean =>
    (["rename", "onehot", "slice"].includes(node(id).op.tag) || isFactor(id)) &&
    !kept.has(id) &&
    (readers.get(id) ?? []).every((reader) => reader !== outside);
  /** A product that is summed: the sum is printed with its factors. */
  const isFactor = (id: NodeId): boolean => {
    const { op } = node(id);
    const [reader, ...others] = readers.get(id) ?? [];
    if (
      op.tag !== "map" ||
      (op.fn !== "mul" && op.fn !== "times") ||
      reader === undefined ||
      reader === outside ||
      others.length > 0
    )
      return false;
    const by = node(reader).op;
    return (by.tag === "reduce" && by.fn === "sum") || isFactor(reader);
  };

  const preamble: string[] = [];
  const locals = new Map<string, Laid>();
  const localNames = new Set<string>();
  const names = new Map<NodeId, string>();
  const inlined = new Map<NodeId, Piece>();
  const loopNames = new Map<string, string>();

  const local = (key: string, wanted: string, make: () => { readonly piece: Piece; readonly dims: Dims }): Laid => {
    const known = locals.get(key);
    if (known !== undefined) return known;
    const { piece, dims: own } = make();
    const name = setting.names.fresh(wanted);
    preamble.push(`${name} = ${piece.text}`);
    localNames.add(name);
    const made = { piece: atom(name), dims: own };
    locals.set(key, made);
    return made;
  };

  const size = (axis: Axis): string => {
    if (axis.tag === "feature") return String(axis.size);
    if (axis.tag === "batch") return setting.length("@batch");
    if (axis.extent.tag === "fixed") return String(axis.extent.size);
    const { name } = axis.extent;
    return local(`size ${name}`, `${setting.names.of(name)}_max`, () => ({
      piece: callOf(setting.needs("longest"), setting.length(name)),
      dims: [],
    })).piece.text;
  };
  const wholeLengths = (axis: Axis): Laid => {
    if (axis.tag !== "time") throw new CompilerFault("export", `${axis.key} has no lengths`);
    if (axis.extent.tag === "fixed") return { piece: { ...atom(String(axis.extent.size)), isNumber: true }, dims: [] };
    return { piece: atom(setting.length(axis.extent.name)), dims: sortAxes(lengthAxes(axis)) };
  };
  const wholePositions = (axis: Axis): Laid =>
    local(
      `positions ${axis.tag === "time" && axis.extent.tag === "length" ? `${axis.key}` : axis.key}`,
      axis.tag === "time" ? `${setting.names.of(axis.key)}_position` : "component",
      () => {
        const first = firstOf(axis);
        const end =
          first === 0
            ? size(axis)
            : axis.tag === "time" && axis.extent.tag === "fixed"
              ? String(axis.extent.size + 1)
              : `${size(axis)} + 1`;
        return { piece: atom(`torch.arange(${first === 0 ? "" : "1, "}${end}, device=device)`), dims: [axis] };
      },
    );
  const inside = (axes: ReadonlyArray<Axis>, path: Path): Laid | undefined => {
    const padded = axes.filter(isPadded);
    const masks = padded.map((axis) =>
      indexed(
        scribe,
        local(`inside ${axis.key}`, `${setting.names.of(axis.key)}_inside`, () => {
          const own = maskDims([axis]);
          const [positions, lengths] = [wholePositions(axis), wholeLengths(axis)];
          return {
            piece: pieceOf(
              `${within(aligned(positions, own), "or")} <= ${within(aligned(lengths, own), "or")}`,
              "compare",
            ),
            dims: own,
          };
        }),
        path,
      ),
    );
    if (masks.length === 0) return undefined;
    const all = unionAxes(...masks.map((mask) => mask.dims));
    return {
      piece: masks
        .map((mask) => aligned(mask, all))
        .reduce((one, other) => pieceOf(`${within(one, "and")} & ${within(other, "sum")}`, "and")),
      dims: all,
    };
  };
  const turn = (axis: Axis): string => {
    const known = loopNames.get(axis.key) ?? setting.names.fresh(setting.names.of(axis.key));
    loopNames.set(axis.key, known);
    return known;
  };

  /** The name of a value where so many loops are open. */
  const nameAt = (id: NodeId, depth: number): string => {
    const base = names.get(id)!;
    const path = homes.get(id)!;
    return depth === 0
      ? base
      : `${base}_${path
          .slice(0, depth)
          .map(({ axis }) => turn(axis))
          .join("_")}`;
  };

  const read = (id: NodeId, path: Path, given: ReadonlyMap<string, string> = new Map()): Piece => {
    const home = homes.get(id)!;
    const common = commonDepth(home, path);
    const placeOf = (axis: Axis): string | undefined => {
      const place = given.get(axis.key) ?? (isOpen(path, axis) ? turn(axis) : undefined);
      return place === ":" ? undefined : place;
    };
    const carried = home.slice(0, common).findIndex(({ axis }) => placeOf(axis) !== turn(axis));
    const depth = carried < 0 ? common : carried;
    const inline = inlined.get(id);
    if (inline !== undefined && depth === home.length) return indexedBy(inline, id, home, depth, placeOf);
    if (!names.has(id) && depth === home.length && given.size === 0) return expressionOf(id, path);
    if (!names.has(id)) return indexedBy(expressionOf(id, home), id, home, depth, placeOf);
    return indexedBy(atom(nameAt(id, depth)), id, home, depth, placeOf);
  };
  const indexedBy = (
    piece: Piece,
    id: NodeId,
    home: Path,
    depth: number,
    placeOf: (axis: Axis) => string | undefined,
  ): Piece => {
    const left = withoutOpen(home.slice(0, depth), dims[id]!);
    if (piece.isNumber === true) return piece;
    const inLoop = depth < home.length;
    // A list of what stands along the loop's axis, while the loop runs; afterwards they are one tensor.
    const isList = inLoop && placeOf(home[depth]!.axis) !== undefined && carriedHere(home, depth);
    const list = isList ? `[${placeOf(home[depth]!.axis)!}]` : "";
    const rest = isList ? left.filter(({ key }) => key !== home[depth]!.axis.key) : left;
    const places = rest.map((axis) => placeOf(axis) ?? ":");
    while (places.at(-1) === ":") places.pop();
    const brackets = places.length === 0 ? "" : `[${places.join(", ")}]`;
    return list === "" && brackets === "" ? piece : atom(`${within(piece, "atom")}${list}${brackets}`);
  };
  const running = new Set<Loop>();
  const carriedHere = (home: Path, depth: number): boolean => running.has(home[depth]!);

  const expressionOf = (id: NodeId, path: Path): Piece => {
    const { op } = node(id);
    const known = recognised.get(id);
    if (known !== undefined) return softmaxPiece(scribe, id, known, path);
    switch (op.tag) {
      case "constant":
        return constantPiece(op);
      case "parameter":
        return atom(setting.parameter(op.path));
      case "input":
        return atom(setting.input(op.name, dims[id]!, size));
      case "index":
        return wholePositions(op.axis).piece;
      case "length":
        return op.axis.tag === "time" ? wholeLengths(op.axis).piece : { ...atom(size(op.axis)), isNumber: true };
      case "map":
        return mapPiece(scribe, id, op.fn, path);
      case "reduce":
        return reducePiece(scribe, id, op, path);
      case "delay":
        return delayPiece(scribe, id, op, path);
      case "at":
        return atPiece(scribe, id, op, path);
      case "onehot":
        return onehotPiece(scribe, id, op, path);
      case "concat":
        return concatPiece(scribe, id, op, path);
      case "slice":
        return slicePiece(scribe, id, op, path);
      case "rename":
        return renamePiece(scribe, id, op, path);
      default:
        throw new CompilerFault("export", `${op.tag} is expanded before`);
    }
  };

  const scribe: Scribe = {
    circuit,
    node,
    kind: (id): Kind => kinds[id]!,
    padding,
    absorbs: (id) => absorbing.has(id),
    isZeroed: (id, axis) => isMasked(id) && isOpen(homes.get(id)!, axis),
    softmaxed: (id) => recognised.get(id)?.over,
    uses: (id) => readers.get(id)?.length ?? 0,
    home: (id) => homes.get(id)!,
    dims: (id, path) => withoutOpen(path, dims[id]!),
    read,
    size,
    inside,
    lengths: (axis, path) => indexed(scribe, wholeLengths(axis), path),
    positions: (axis, path) => indexed(scribe, wholePositions(axis), path),
    turn,
    needs: setting.needs,
  };

  /** Whether a value is written where it is read. */
  const isInline = (id: NodeId, path: Path): boolean => {
    const { op, name } = node(id);
    if (op.tag === "constant" || op.tag === "parameter" || op.tag === "index" || op.tag === "length") return true;
    if (op.tag === "delay" || op.tag === "input" || kept.has(id)) return false;
    if (isForm(id)) return true;
    const by = lastReaders(id);
    if (by.length !== 1 || by[0] === outside) return false;
    if (name !== undefined && setting.comment(id) !== undefined) return false;
    const home = homes.get(by[0]!)!;
    return home.length === path.length && commonDepth(home, path) === path.length && !readsTwice(by[0]!);
  };
  const readsTwice = (reader: NodeId): boolean => node(reader).op.tag === "delay" || node(reader).op.tag === "at";

  const statementOf = (step: Step, path: Path): Statement =>
    step.tag === "loop" ? { lines: loopLines(step, path) } : nodeStatement(step.id, path);
  const bases = new Map<string, string>();
  const inCells = (statements: ReadonlyArray<Statement>, path: Path): ReadonlyArray<string> =>
    withCells(
      statements,
      {
        baseOf: (name) =>
          bases.get(name) ?? (setting.locals.has(name) || locals.has(name) || localNames.has(name) ? name : undefined),
        turns: path.map(({ axis }) => turn(axis)),
      },
      (cell) => setting.cells.find((each) => each.path === cell)!.text,
      setting.keep,
    );

  const nodeStatement = (id: NodeId, path: Path): Statement => {
    if (!names.has(id)) {
      if (isInline(id, path) && isPutWhereRead(id, path)) return { lines: [] };
      names.set(
        id,
        setting.names.freshIn(
          wantedName(id),
          path.map(({ axis }) => turn(axis)),
        ),
      );
    }
    const value = expressionOf(id, path);
    const name = nameAt(id, path.length);
    const comment = setting.comment(id);
    const plain = value.isNumber === true ? `${kinds[id] === "whole" ? "whole" : "number"}(${value.text})` : value.text;
    const text = masked(id, path, plain);
    const last = path.at(-1);
    const after =
      kept.has(id) && last !== undefined ? [`${nameAt(id, path.length - 1)}[${turn(last.axis)}] = ${name}`] : [];
    bases.set(name, names.get(id)!);
    return {
      lines: [...(comment === undefined ? [] : [`# ${comment}`]), `${name} = ${text}`, ...after],
      made: { name, base: names.get(id)!, comment, text, after, isResult: wholes.has(id), cell: cellOf(id, text) },
    };
  };
  /** A delay is given to a cell; what is made of its parameters, or is named in it, is its own. */
  const cellOf = (id: NodeId, text: string): string | undefined => {
    const { op, name } = node(id);
    if (op.tag === "delay" || op.tag === "input") return undefined;
    const isOf = ({ path, text: own }: { readonly path: string; readonly text: string }): boolean =>
      name === path || name?.startsWith(`${path}.`) === true || text.includes(`${own}.`);
    const found = setting.cells.find(isOf);
    // What has parameters of others too stands outside.
    return found === undefined || text.replaceAll(`${found.text}.`, "").includes("self.") ? undefined : found.path;
  };
  /** Leaves, and what is read in other forms, are written anew by each reader; the rest is written once, if it is short. */
  const isPutWhereRead = (id: NodeId, path: Path): boolean => {
    if (isForm(id) || ["constant", "parameter", "index", "length"].includes(node(id).op.tag)) return true;
    const value = expressionOf(id, path);
    if (value.text.length > longestInline) return false;
    inlined.set(id, value);
    return true;
  };
  /** What is carried from turn to turn stays 0 in padding, unless it cannot grow. */
  const masked = (id: NodeId, path: Path, text: string): string => {
    if (!isMasked(id)) return text;
    const mask = inside(paddedLoops(path), path)!;
    return `torch.where(${aligned(mask, withoutOpen(path, dims[id]!)).text}, ${text}, 0)`;
  };
  const isMasked = (id: NodeId): boolean => {
    const path = homes.get(id)!;
    if (path.length === 0 || !kept.has(id) || padding.isBounded(id) || node(id).op.tag === "delay") return false;
    const open = paddedLoops(path);
    const mine = withoutOpen(path, dims[id]!);
    return open.length > 0 && withoutOpen(path, maskDims(open)).every((axis) => hasAxis(mine, axis));
  };
  const paddedLoops = (path: Path): ReadonlyArray<Axis> => path.map(({ axis }) => axis).filter(isPadded);

  const loopLines = ({ loop, body }: Extract<Step, { tag: "loop" }>, path: Path): ReadonlyArray<string> => {
    const inner = [...path, loop];
    const variable = turn(loop.axis);
    const members = [...homesOf(body, inner).keys()].filter((id) => (kept.get(id) ?? inner.length) < inner.length);
    running.add(loop);
    // The lists have their names before the first turn reads them.
    for (const id of members) {
      const all = homes.get(id)!;
      names.set(
        id,
        names.get(id) ??
          setting.names.freshIn(
            wantedName(id),
            all.map(({ axis }) => turn(axis)),
          ),
      );
    }
    const lines = inCells(
      body.map((step) => statementOf(step, inner)),
      inner,
    );
    running.delete(loop);
    const listed = members.filter((id) => kept.get(id)! <= path.length);
    const range = loop.isDescending ? `reversed(range(${size(loop.axis)}))` : `range(${size(loop.axis)})`;
    return [
      ...listed.map((id) => `${nameAt(id, path.length)} = [None] * ${size(loop.axis)}`),
      `for ${variable} in ${range}:`,
      ...indented(lines),
      ...listed.flatMap((id) => {
        const name = nameAt(id, path.length);
        const isRead = wholes.has(id) || kept.get(id)! < path.length;
        return isRead ? [`${name} = ${stackText(id, loop, path, name)}`] : [];
      }),
      ...leftOver(listed, loop, path),
    ];
  };
  const leftOver = (listed: ReadonlyArray<NodeId>, _: Loop, path: Path): ReadonlyArray<string> =>
    path.length === 0
      ? []
      : listed.flatMap((id) =>
          kept.get(id)! < path.length
            ? [`${nameAt(id, path.length - 1)}[${turn(path.at(-1)!.axis)}] = ${nameAt(id, path.length)}`]
            : [],
        );
  const stackText = (id: NodeId, loop: Loop, path: Path, name: string): string => {
    const left = withoutOpen(path, dims[id]!);
    const place = left.findIndex(({ key }) => key === loop.axis.key);
    const stack = `torch.stack(${[name, ...(place === 0 ? [] : [String(place)])].join(", ")})`;
    if (!isPadded(loop.axis)) return stack;
    const shape = left.map((axis) => (axis.key === loop.axis.key ? "0" : size(axis))).join(", ");
    return `${stack} if ${name} else ${kinds[id] === "whole" ? `whole(0).expand(${shape})` : `full(0, ${shape})`}`;
  };
  const wantedName = (id: NodeId): string => {
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

  const isEarly = (step: Step): boolean =>
    step.tag === "node" ? early.has(step.id) : [...homesOf(step.body).keys()].some((id) => early.has(id));
  const plain = (given: ReadonlyArray<Step>): ReadonlyArray<string> => {
    const statements = given.map((step) => statementOf(step, []));
    return setting.isStep ? inCells(statements, []) : statements.flatMap(({ lines }) => lines);
  };
  const forward = plain(steps.filter(isEarly));
  const further = plain(steps.filter((step) => !isEarly(step)));
  return {
    preamble,
    forward,
    further,
    result: (id, axes) => {
      const laid = { piece: realPiece(id), dims: dims[id]! };
      const sorted = sortAxes(axes);
      const mask = inside(sorted, []);
      const full =
        laid.piece.isNumber === true
          ? `full(${[laid.piece.text, ...sorted.map(size)].join(", ")})`
          : laid.dims.length === sorted.length
            ? laid.piece.text
            : `${within(aligned(laid, sorted), "atom")}.expand(${sorted.map(size).join(", ")})`;
      const clean = mask === undefined ? full : `torch.where(${aligned(mask, sorted).text}, ${full}, 0)`;
      const order = axes.map((axis) => sorted.findIndex(({ key }) => key === axis.key));
      return order.every((place, i) => place === i)
        ? clean
        : `${clean.includes("(") && !clean.startsWith("torch.where") ? `(${clean})` : clean}.permute(${order.join(", ")})`;
    },
  };

  function realPiece(id: NodeId): Piece {
    const piece = read(id, []);
    return piece.isNumber === true || kinds[id] === "real" ? piece : atom(`${within(piece, "atom")}.to(dtype)`);
  }
};

/** The reader of results. */
const outside = -1;

/** What is longer has a line of its own. */
const longestInline = 80;

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

const liveFrom = (
  inputsOf: (id: NodeId) => ReadonlyArray<NodeId>,
  roots: ReadonlyArray<NodeId>,
): ReadonlySet<NodeId> => {
  const live = new Set<NodeId>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (live.has(id)) continue;
    live.add(id);
    waiting.push(...inputsOf(id));
  }
  return live;
};
