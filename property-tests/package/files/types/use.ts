import { type Compiled, type CompileOptions, compile, type Diagnostic, type Example, report } from "rnnc";
import { lawsOf, type NamedLaw } from "rnnc/property";
import { type LoadedRun, loadRun } from "rnnc/train";
import rnnc from "rnnc/unplugin";
import * as module from "../compiled.js";

const options: CompileOptions = { precision: "f32", target: "js" };
const result = compile("model M {\n  param w : R\n  minimize w^2\n}\n", options);
const told: ReadonlyArray<string> =
  result._tag === "Left" ? result.left.map((diagnostic: Diagnostic) => report(() => "", false)(diagnostic)) : [];
const laws = (model: Compiled): ReadonlyArray<NamedLaw> => lawsOf(model);

// The training loop of the README, on the module of one's own program.
const examples: ReadonlyArray<module.Example> = [{ x: [[1, 2]], y: [0.5] }];
const params = module.init(1);
const batch = module.pack(examples);
for (let step = 0; step < 3; step++) {
  const { loss, gradient } = module.gradient(params, batch);
  for (const { path } of module.model.params)
    params[path].forEach((_, i) => {
      params[path][i]! -= 0.1 * gradient[path][i]!;
    });
  if (!Number.isFinite(loss)) throw new Error("not finite");
}
const first: number = params.v[0]!;

export type { Example };

const plugins: ReadonlyArray<{ readonly name: string }> = [rnnc.vite({ statics: { n: 3 } }), rnnc.rollup()];

const run = loadRun("runs/names", { last: true });
const kind = (loaded: LoadedRun): unknown => loaded.predict({ name: "maria" })["y.predicted"];
const kinds: ReadonlyArray<unknown> = run._tag === "Left" ? [run.left] : [kind(run.right)];

export { first, kinds, laws, plugins, told };
