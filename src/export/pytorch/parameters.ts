import type { Draw, Initialiser, Model, ParameterSpec } from "../../circuit/model.ts";
import { mangled } from "../../mangle.ts";
import { pythonWords } from "./names.ts";
import { pythonNumber, pythonString, tupleText } from "./text.ts";

/** Where a parameter stands in the module: its key in `state_dict`, and the expression that reads it. */
export interface Placed {
  readonly spec: ParameterSpec;
  readonly key: string;
  readonly text: string;
}

/** A container of parameters: the module itself, a cell in it, a member of a family. */
interface Tree {
  readonly children: Map<string, Tree>;
  readonly own: Set<string>;
}

export interface ParameterPlan {
  readonly placed: ReadonlyMap<string, Placed>;
  /** The lines of `__init__` that make them. */
  readonly lines: ReadonlyArray<string>;
  /** The containers: by path, how they are read. */
  readonly containers: ReadonlyMap<string, string>;
  /** By key, what `reset_parameters` does. */
  readonly initial: ReadonlyArray<string>;
}

/** Parameters under the paths that the program gives them: `self.enc.Wf`, of a family `self.z["2"].Wf`. */
export const parameterPlan = (
  model: Model,
  classOf: (path: string) => string | undefined = () => undefined,
): ParameterPlan => {
  const containers = new Map<string, string>();
  const root = treeOf(model.parameters.map(({ path }) => path));
  const placed = new Map<string, Placed>();
  const lines: string[] = [];
  const made = new Set<string>();
  for (const spec of model.parameters) {
    const segments = spec.path.split(".");
    let [tree, text] = [root, "self"];
    const keys: string[] = [];
    segments.forEach((segment, i) => {
      const names = namesIn(tree);
      const isFamily = tree !== root && isNumbered(tree);
      const key = isFamily ? segment : names.get(segment)!;
      keys.push(key);
      const child = tree.children.get(segment);
      const place = isFamily ? `${text}[${pythonString(segment)}]` : `${text}.${key}`;
      if (i < segments.length - 1 && child !== undefined) {
        const path = segments.slice(0, i + 1).join(".");
        if (!made.has(place))
          lines.push(`${place} = ${isNumbered(child) ? "nn.ModuleDict" : (classOf(path) ?? "nn.Module")}()`);
        made.add(place);
        if (!isNumbered(child)) containers.set(path, place);
        tree = child;
      } else
        lines.push(
          `${place} = nn.Parameter(torch.empty${shapeText(spec.shape)}${spec.isFixed === true ? ", requires_grad=False" : ""})`,
        );
      text = place;
    });
    placed.set(spec.path, { spec, key: keys.join("."), text });
  }
  return { placed, lines, containers, initial: model.parameters.map((spec) => initialText(placed.get(spec.path)!)) };
};

const treeOf = (paths: ReadonlyArray<string>): Tree => {
  const root: Tree = { children: new Map(), own: new Set() };
  for (const path of paths) {
    const segments = path.split(".");
    let tree = root;
    for (const segment of segments.slice(0, -1)) {
      const child = tree.children.get(segment) ?? { children: new Map(), own: new Set() };
      tree.children.set(segment, child);
      tree = child;
    }
    tree.own.add(segments.at(-1)!);
  }
  return root;
};

/** The members of a family have numbers for names, which a dictionary has and an object has not. */
const isNumbered = ({ children, own }: Tree): boolean =>
  own.size === 0 && [...children.keys()].every((name) => /^-?\d+$/.test(name));

const namesIn = ({ children, own }: Tree): ReadonlyMap<string, string> =>
  mangled([...children.keys(), ...own], new Set([...pythonWords, ...attributes]));

const shapeText = (shape: ReadonlyArray<number>): string => (shape.length === 0 ? "(())" : `(${shape.join(", ")})`);

const initialText = ({ spec, text }: Placed): string =>
  `_fill(${text}, ${spec.axes.length}, ${initialiserText(spec.initialiser)})`;

const initialiserText = (initialiser: Initialiser): string => {
  if (initialiser.tag !== "function") return drawText(initialiser);
  const made: string[] = [];
  for (const step of initialiser.steps)
    made.push(
      step.tag === "draw"
        ? drawText(step.draw)
        : `("apply", ${functionText[step.fn] ?? `torch.${step.fn}`}, ${tupleText(step.of.map((place) => made[place]!))})`,
    );
  return made.at(-1) ?? drawText({ tag: "constant", value: 0 });
};

const functionText: Readonly<Record<string, string>> = {
  neg: "torch.neg",
  div: "torch.div",
  min: "torch.minimum",
  max: "torch.maximum",
  softplus: "F.softplus",
};

const drawText = (draw: Draw): string => {
  switch (draw.tag) {
    case "constant":
      return `("constant", ${pythonNumber(draw.value)})`;
    case "uniform":
      return `("uniform", ${pythonNumber(draw.low)}, ${pythonNumber(draw.high)})`;
    case "normal":
      return `("normal", ${pythonNumber(draw.mean)}, ${pythonNumber(draw.deviation)})`;
    default:
      return `("${draw.tag}",)`;
  }
};

/** What `nn.Module` and the class have themselves, so that no parameter may be called it. */
export const attributes: ReadonlyArray<string> = [
  "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval",
  "extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules",
  "named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer",
  "register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook",
  "register_load_state_dict_post_hook register_module register_parameter register_state_dict_pre_hook requires_grad_",
  "set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad mtia",
  "loss step start generate reset_parameters pack save load terms count kind noise draw",
  "AXES VARIABLES NEEDS PATHS NOISES DRAWN",
].flatMap((words) => words.split(" "));
