import { type Axis, batchAxis, featuresOf, sortAxes, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { InputSpec, Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { givenName, positionName } from "../../circuit/own-names.ts";
import { identifierOf } from "../../mangle.ts";
import { batchedAxis } from "../../transform/batch.ts";
import type { Keep } from "./cells.ts";
import type { Dims } from "./dims.ts";
import { newNames } from "./names.ts";
import { type Printed, printCircuit } from "./printer.ts";
import { pythonString } from "./text.ts";

/** What all methods of a module are printed with. */
export interface Shared {
  readonly model: Model;
  readonly className: string;
  readonly parameter: (path: string) => string;
  readonly needs: (name: string) => string;
  readonly cells: ReadonlyArray<{ readonly path: string; readonly text: string }>;
  readonly keep: Keep;
  /** The source of a value, for a comment. */
  readonly told: (circuit: Circuit, id: NodeId) => string | undefined;
}

/** Where a method finds its data: the dictionaries of lengths, inputs, and what is carried from step to step. */
export interface Places {
  readonly lengths: string;
  readonly inputs: string;
  readonly carried: (name: string) => string | undefined;
  /** What a value of the compiler's own is called. */
  readonly called: (name: string) => string | undefined;
  readonly isStep?: true;
}

/** `y.given` for the flags of a target. */
export const givenCalled = (name: string): string | undefined =>
  name.startsWith("@given.") ? `${name.slice(7)}_given` : undefined;

export interface Method extends Printed {
  /** The numbers that the method speaks of, then what it says before all else. */
  readonly head: (further: ReadonlyArray<string>) => ReadonlyArray<string>;
  /** An output of the circuit with the batch first, then positions in the order in which they are written. */
  readonly told: (output: Circuit["outputs"][number]) => string;
}

export const methodOfCircuit = (
  shared: Shared,
  circuit: Circuit,
  places: Places,
  isFirst: (output: Circuit["outputs"][number]) => boolean,
): Method => {
  const { model, className, needs, parameter } = shared;
  const names = newNames([className]);
  const lengths = lengthsOf(model);
  const texts = new Map(lengths.map(({ name }) => [name, names.fresh(identifierOf(name))]));
  const inputs = new Map(model.inputs.map((input) => [input.name, input]));
  const printed = printCircuit(
    circuit,
    {
      names,
      needs,
      parameter,
      isCounted: (name) => {
        const found = inputs.get(name);
        return name === positionName || found?.symbols !== undefined || found?.positions !== undefined;
      },
      comment: (id) =>
        ["input", "parameter"].includes(nodeAt(circuit, id).op.tag) ? undefined : shared.told(circuit, id),
      cells: shared.cells,
      keep: shared.keep,
      locals: new Set(["dtype", "device", "B", ...Object.keys(makersOf), ...texts.values()]),
      isStep: places.isStep === true,
      called: (name) => places.called(name) ?? name,
      length: (name) => (name === "@batch" ? "B" : texts.get(name)!),
      input: (name, dims, size) => places.carried(name) ?? inputText(name, dims, size, inputs, places.inputs),
    },
    isFirst,
  );
  return {
    ...printed,
    head: (further) =>
      headLines(
        lengths,
        texts,
        [...printed.preamble, ...further].filter((line) => !line.trimStart().startsWith("#")).join("\n"),
        places.lengths,
        printed.preamble,
      ),
    told: ({ name, node, axes }) => {
      const written = (model.orders?.get(name) ?? axes.filter((axis) => axis.tag === "time")).map(batchedAxis);
      const kept = written.filter(({ key }) => axes.some((axis) => axis.key === key));
      return printed.result(node, [batchAxis, ...kept, ...featuresOf(axes)]);
    },
  };
};

interface LengthName {
  readonly name: string;
  readonly over: ReadonlyArray<TimeAxis>;
}

/** The run-time lengths of a model, with the axes that each stands over. */
const lengthsOf = ({ axes }: Pick<Model, "axes">): ReadonlyArray<LengthName> => {
  const found = new Map<string, LengthName>();
  for (const { extent } of axes)
    if (extent.tag === "length" && !found.has(extent.name))
      found.set(extent.name, {
        name: extent.name,
        over: extent.over.filter((axis): axis is TimeAxis => axis.tag === "time"),
      });
  return [...found.values()];
};

/** What a method begins with: those of these that the rest speaks of. */
const headLines = (
  lengths: ReadonlyArray<LengthName>,
  texts: ReadonlyMap<string, string>,
  body: string,
  from: string,
  preamble: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const speaks = (word: string): boolean => new RegExp(`(?<![.\\w])${word}\\b`).test(body);
  const makers = Object.entries(makersOf).flatMap(([name, text]) => (speaks(name) ? [`${name} = ${text}`] : []));
  const all = [body, ...makers].join("\n");
  return [
    ...(/\b(dtype|device)\b/.test(all) ? ["dtype, device = self.kind()"] : []),
    ...makers,
    ...(speaks("B") ? [`B = ${from}["batch size"]`] : []),
    ...lengths.flatMap(({ name, over }) => {
      const text = texts.get(name)!;
      if (!speaks(text)) return [];
      const order =
        over.length === 0
          ? ""
          : over.length === 1
            ? ".transpose(0, 1)"
            : `.permute(${[...over.map((_, i) => i + 1), 0].join(", ")})`;
      return [`${text} = ${from}[${pythonString(name)}]${order}`];
    }),
    ...preamble,
  ];
};

/** Of numbers, tensors of the type that the module computes with, where it computes. */
const makersOf = {
  number: "lambda value: torch.tensor(value, dtype=dtype, device=device)",
  whole: "lambda value: torch.tensor(value, device=device)",
  truth: "lambda value: torch.tensor(value, device=device)",
  full: "lambda value, *size: torch.full(size, value, dtype=dtype, device=device)",
} as const;

/** An input comes with the batch first and its indices as they are written; inside, time stands before the batch. */
const inputText = (
  name: string,
  dims: Dims,
  size: (axis: Axis) => string,
  inputs: ReadonlyMap<string, InputSpec>,
  from: string,
): string => {
  const target = [...inputs.keys()].find((each) => givenName(each) === name);
  const spec = inputs.get(target ?? name);
  const key = pythonString(target === undefined ? name : `${target}.given`);
  const indices = (spec?.axes ?? []).map(batchedAxis).filter((axis) => dims.some((own) => own.key === axis.key));
  const written: ReadonlyArray<Axis> = [batchAxis, ...indices, ...featuresOf(dims)];
  const order = sortAxes(dims).map((axis) => written.findIndex((each) => each.key === axis.key));
  const read =
    spec?.role === "noise" ? `self.noise(${from}, ${key}, ${written.map(size).join(", ")})` : `${from}[${key}]`;
  const moved = order.flatMap((place, i) => (place === i ? [] : [i]));
  if (moved.length === 0) return read;
  return moved.length === 2 ? `${read}.transpose(${moved.join(", ")})` : `${read}.permute(${order.join(", ")})`;
};
