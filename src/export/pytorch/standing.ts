import type { InputSpec, Model } from "../../circuit/model.ts";
import { drawingPython, standingPython } from "./generated/python.ts";
import { needsTables } from "./needs.ts";
import type { ParameterPlan } from "./parameters.ts";
import { pythonNumber, pythonString } from "./text.ts";

/** What every module has: how examples become a batch, how weights are read and written, how parameters begin. */
export interface Standing {
  readonly functions: ReadonlyArray<string>;
  /** The functions of one that draws. */
  readonly drawing: ReadonlyArray<string>;
  readonly tables: ReadonlyArray<string>;
  readonly methods: ReadonlyArray<string>;
}

export const standingText = (model: Model, plan: ParameterPlan): Standing => {
  const noises = model.inputs.filter(({ role }) => role === "noise");
  const odd = [...plan.placed].filter(([path, { key }]) => path !== key);
  return {
    functions: [...standingPython.trimEnd().split("\n"), "", ""],
    drawing: [...drawingPython.trimEnd().split("\n"), "", ""],
    tables: [
      ...needsTables(model),
      ...(odd.length === 0
        ? ["PATHS = {}"]
        : [
            "# What cannot be said in Python, by its path in the program.",
            "PATHS = {",
            ...odd.map(([path, { key }]) => `    ${pythonString(key)}: ${pythonString(path)},`),
            "}",
          ]),
    ],
    methods: [
      "def kind(self):",
      '    """The type of its numbers, and where they are."""',
      "    for parameter in self.parameters():",
      "        return parameter.dtype, parameter.device",
      // A buffer moves with the module where no parameter does.
      plan.placed.size === 0
        ? "    return self._numbers.dtype, self._numbers.device"
        : '    return torch.get_default_dtype(), torch.device("cpu")',
      "",
      "def pack(self, examples):",
      '    """Examples side by side: each a dictionary of nested lists, as long as it is. What none can mean raises a ValueError."""',
      "    return pack(self, examples)",
      "",
      "def save(self, path):",
      '    """Writes the parameters as safetensors, under the paths that rnnc has for them."""',
      "    write_safetensors(path, {self.PATHS.get(key, key): value for key, value in self.state_dict().items()})",
      "",
      "def load(self, path):",
      '    """Reads parameters that `save` or `rnnc weights export` wrote."""',
      "    keys = {name: key for key, name in self.PATHS.items()}",
      "    before, tensors = self.state_dict(), read_safetensors(path)",
      "    for name, value in tensors.items():",
      '        refuse_unusable(value, before.get(keys.get(name, name)), f"{path}: {name}")',
      "    self.load_state_dict({keys.get(name, name): value for name, value in tensors.items()})",
      ...(noises.length === 0 ? [] : ["", ...noiseText(noises)]),
    ],
  };
};

const noiseText = (noises: ReadonlyArray<InputSpec>): ReadonlyArray<string> => [
  "NOISES = {",
  ...noises.map(
    ({ name, noise }) =>
      `    ${pythonString(name)}: ("${noise!.distribution}", ${pythonNumber(noise!.parameter)}, ${pythonNumber(noise!.mean)}),`,
  ),
  "}",
  "",
  "def noise(self, given, name, *size):",
  '    """What is given; else drawn in training, and its mean when evaluating."""',
  "    if name in given:",
  "        return given[name]",
  "    dtype, device = self.kind()",
  "    distribution, parameter, mean = self.NOISES[name]",
  "    if not self.training:",
  "        return torch.full(size, mean, dtype=dtype, device=device)",
  '    if distribution == "bernoulli":',
  "        return torch.bernoulli(torch.full(size, parameter, dtype=dtype, device=device))",
  "    return mean + parameter * torch.randn(size, dtype=dtype, device=device)",
];

/** What stands in every module beside its class, functions and tables. */
export const standingNames: ReadonlyArray<string> = [
  ...(standingPython + drawingPython).matchAll(/^(?:def )?(\w+)(?=\(| = )/gm),
].map(([, name]) => name!);
