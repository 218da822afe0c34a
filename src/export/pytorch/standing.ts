import type { InputSpec, Model } from "../../circuit/model.ts";
import { standingPython } from "./generated/python.ts";
import type { ParameterPlan } from "./parameters.ts";
import { pythonNumber, pythonString, tupleText } from "./text.ts";

/** What every module has: how examples become a batch, how weights are read and written, how parameters begin. */
export interface Standing {
  readonly functions: ReadonlyArray<string>;
  readonly tables: ReadonlyArray<string>;
  readonly methods: ReadonlyArray<string>;
}

export const standingText = (model: Model, plan: ParameterPlan): Standing => {
  const noises = model.inputs.filter(({ role }) => role === "noise");
  const odd = [...plan.placed].filter(([path, { key }]) => path !== key);
  return {
    functions: [...standingPython.trimEnd().split("\n"), "", ""],
    tables: [
      "# What an example has: the lengths along its indices (with what each stands over), its shape, and what kind of number it is.",
      "VARIABLES = {",
      ...model.inputs.map((input) => `    ${pythonString(input.name)}: ${variableText(input)},`),
      "}",
      "LENGTHS = {",
      ...lengthTexts(model),
      "}",
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
      '    """Examples side by side: each a dictionary of nested lists, as long as it is."""',
      "    dtype, device = self.kind()",
      "    return pack(self.VARIABLES, self.LENGTHS, examples, dtype, device)",
      "",
      "def save(self, path):",
      '    """Writes the parameters as safetensors, under the paths that rnnc has for them."""',
      "    write_safetensors(path, {self.PATHS.get(key, key): value for key, value in self.state_dict().items()})",
      "",
      "def load(self, path):",
      '    """Reads parameters that `save` or `rnnc weights export` wrote."""',
      "    keys = {path: key for key, path in self.PATHS.items()}",
      "    self.load_state_dict({keys.get(path, path): value for path, value in read_safetensors(path).items()})",
      ...(noises.length === 0 ? [] : ["", ...noiseText(noises)]),
    ],
  };
};

const variableText = ({ role, axes, shape, symbols, positions }: InputSpec): string => {
  const lengths = axes.map(({ extent }) => (extent.tag === "fixed" ? String(extent.size) : pythonString(extent.name)));
  const kind = symbols !== undefined ? String(symbols) : positions !== undefined ? '"position"' : '"real"';
  return `("${role}", ${tupleText(lengths)}, ${tupleText(shape.map(String))}, ${kind})`;
};

const lengthTexts = ({ axes }: Model): ReadonlyArray<string> => {
  const seen = new Set<string>();
  return axes.flatMap(({ extent }) => {
    if (extent.tag !== "length" || seen.has(extent.name)) return [];
    seen.add(extent.name);
    const over = extent.over.flatMap((outer) =>
      outer.tag !== "time"
        ? []
        : [outer.extent.tag === "fixed" ? String(outer.extent.size) : pythonString(outer.extent.name)],
    );
    return [`    ${pythonString(extent.name)}: ${tupleText(over)},`];
  });
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
export const standingNames: ReadonlyArray<string> = [...standingPython.matchAll(/^(?:def )?(\w+)(?=\(| = )/gm)].map(
  ([, name]) => name!,
);
