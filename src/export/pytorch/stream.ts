import type { Output } from "../../circuit/circuit.ts";
import type { RandomSpec } from "../../circuit/model.ts";
import { contextName, positionName } from "../../circuit/own-names.ts";
import { generationOf } from "../../module/generation.ts";
import type { PrintedCircuits } from "./circuits.ts";
import { givenCalled, methodOfCircuit, type Shared } from "./method.ts";
import { indented, pythonString, tupleText } from "./text.ts";

type Stream = NonNullable<PrintedCircuits["stream"]>;

/** `start`, `step` and, of a model that draws, `generate`. */
export const streamMethods = (shared: Shared, stream: Stream): ReadonlyArray<string> => {
  const keys = new Map(
    [...stream.start.outputs, ...stream.step.outputs].flatMap(({ role, name }) =>
      role === "state" ? [[name, keyOf(stream, name)] as const] : [],
    ),
  );
  const carried = (name: string): string | undefined => {
    if (name === positionName) return 'whole(state["position"])';
    const key = keys.get(name);
    return key === undefined ? undefined : `state[${pythonString(key)}]`;
  };
  const lengths = shared.model.axes.flatMap(({ key, extent }) =>
    extent.tag === "length" && key !== stream.axis ? [extent.name] : [],
  );
  return [
    ...startMethod(shared, stream, keys, [...new Set(lengths)]),
    "",
    ...stepMethod(shared, stream, keys, carried),
    ...generateMethod(shared, stream),
  ];
};

/** What a carried value is called: after the variable that is carried, as many positions before. */
const keyOf = ({ names }: Stream, name: string): string => names.get(name) ?? name.replace(/^\$/, "");

const isFixed = (name: string): boolean => name.startsWith(contextName(0).replace(/0$/, ""));

const startMethod = (
  shared: Shared,
  { start: circuit, axis }: Stream,
  keys: ReadonlyMap<string, string>,
  lengths: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const method = methodOfCircuit(
    shared,
    circuit,
    { lengths: "batch", inputs: "batch", carried: () => undefined, called: givenCalled },
    () => true,
  );
  const told = circuit.outputs.map(
    (output) => `${pythonString(keys.get(output.name)!)}: ${method.result(output.node, output.axes)},`,
  );
  const lines = [
    "return {",
    ...indented([
      '"batch size": batch["batch size"],',
      '"position": 0,',
      ...lengths.map((name) => `${pythonString(name)}: batch[${pythonString(name)}],`),
      ...told,
    ]),
    "}",
  ];
  return [
    "def start(self, batch):",
    ...indented([
      `"""The state before the first step, of a batch, or of examples with what does not vary from step to step: as many as there are sequences."""`,
      "if not isinstance(batch, dict):",
      `    batch = pack(self, batch, ${pythonString(axis)})`,
      ...method.head([...method.forward, ...lines]),
      ...method.forward,
      ...lines,
    ]),
  ];
};

const stepMethod = (
  shared: Shared,
  { step, axis }: Stream,
  keys: ReadonlyMap<string, string>,
  carried: (name: string) => string | undefined,
): ReadonlyArray<string> => {
  const called = (name: string): string | undefined => {
    const key = keys.get(name);
    if (key === undefined) return name === positionName ? "position" : givenCalled(name);
    return isFixed(name) ? "context" : `${key}_before`;
  };
  const method = methodOfCircuit(
    shared,
    step,
    { lengths: "state", inputs: "inputs", carried, called, isStep: true },
    () => true,
  );
  const isState = ({ role }: Output): boolean => role === "state";
  const outputs = step.outputs.filter((output) => !isState(output));
  const states = step.outputs.filter((output) => isState(output) && !isFixed(output.name));
  const lines = [
    "outputs = {",
    ...indented(outputs.map((output) => `${pythonString(output.name)}: ${method.told(output)},`)),
    "}",
    "return outputs, {",
    ...indented([
      "**state,",
      '"position": state["position"] + 1,',
      ...states.map((output) => `${pythonString(keys.get(output.name)!)}: ${method.result(output.node, output.axes)},`),
    ]),
    "}",
  ];
  return [
    "def step(self, state, inputs):",
    ...indented([
      `"""The outputs at the next position along ${axis.replaceAll(/[^\p{L}\p{N}_]/gu, "_")}, and the state after it. Inputs are as in a batch, without that index."""`,
      ...method.head([...method.forward, ...lines]),
      ...method.forward,
      ...lines,
    ]),
  ];
};

const generateMethod = (shared: Shared, { step }: Stream): ReadonlyArray<string> => {
  const generation = generationOf(shared.model, step);
  if (generation === null) return [];
  const random = (target: string): RandomSpec => shared.model.randoms.find((each) => each.target === target)!;
  const rule = (target: string): string => {
    const { family, until } = random(target);
    return `${pythonString(target)}: ("${family}", ${tupleText(random(target).arguments.map(pythonString))}, ${until === undefined ? "None" : until.symbol}),`;
  };
  const targets = generation.rounds.flat();
  const stated = targets.map((target) => shared.model.inputs.find(({ name }) => name === target)!);
  return [
    "",
    "DRAWN = {",
    ...indented(targets.map(rule)),
    "}",
    "",
    "@torch.no_grad()",
    "def generate(self, state, length, inputs=None, mode=False, temperature=1.0, top_k=None, top_p=1.0):",
    ...indented([
      '"""Draws up to so many positions from a state; `inputs` have one value for each, after the batch; targets that stand in them are the first, and not drawn. With `mode`, the likeliest. The temperature raises the density to the power 1 / temperature; of symbols and truths only the `top_k` most probable are drawn, and the fewest that together have `top_p`."""',
      "check_taste(self.DRAWN, temperature, top_k, top_p)",
      "dtype, device = self.kind()",
      'ended = torch.zeros(state["batch size"], dtype=torch.bool, device=device)',
      'lengths = torch.zeros(state["batch size"], dtype=torch.int64, device=device)',
      "drawn = {name: [] for name in self.DRAWN}",
      "for i in range(length):",
      ...indented([
        "given = {name: values[:, i] for name, values in (inputs or {}).items() if name not in self.DRAWN or i < values.shape[1]}",
        "told = set(given)",
        ...stated.map(
          ({ name, shape, symbols }) =>
            `given.setdefault(${pythonString(name)}, torch.zeros(${['state["batch size"]', ...shape].join(", ")}, dtype=${symbols === undefined ? "dtype" : "torch.int64"}, device=device))`,
        ),
        ...generation.rounds.flatMap((round) => [
          "outputs, _ = self.step(state, given)",
          ...round.flatMap((name) => [
            `if ${pythonString(name)} not in told:`,
            `    given[${pythonString(name)}] = self.draw(outputs, ${pythonString(name)}, mode, temperature, top_k, top_p)`,
          ]),
        ]),
        "_, state = self.step(state, given)",
        "lengths += ~ended",
        "for name, (_, _, until) in self.DRAWN.items():",
        "    drawn[name].append(given[name])",
        "    if until is not None:",
        "        ended |= given[name] == until",
        "if ended.all():",
        "    break",
      ]),
      "return {name: torch.stack(values, 1) for name, values in drawn.items() if values}, lengths, state",
    ]),
    "",
    "def draw(self, outputs, name, mode, temperature, top_k, top_p):",
    ...indented([
      "family, names, _ = self.DRAWN[name]",
      "return drawn_from(family, [outputs[each] for each in names], mode, temperature, top_k, top_p)",
    ]),
  ];
};
