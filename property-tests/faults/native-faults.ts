import { type Fault, faultsOf } from "./fault.ts";

const loops = faultsOf("emit/c/loop.ts");
const products = faultsOf("emit/c/kernels/product.h");
const vectors = faultsOf("emit/c/kernels/vector.h");
const primitives = faultsOf("emit/c/primitives.ts");
const programs = faultsOf("emit/c/program.ts");
const stretches = faultsOf("emit/c/stretches.ts");
const modules = faultsOf("module/c/kernels/module.h");
const variables = faultsOf("module/c/variables.ts");
const resets = faultsOf("module/c/resets.ts");
const endings = faultsOf("module/c/endings.ts");
const draws = faultsOf("module/c/kernels/draw.h");
const beams = faultsOf("module/c/kernels/beam.h");
const carried = faultsOf("module/c/carried.ts");
const steps = faultsOf("module/c/steps.ts");
const cache = faultsOf("native/cache.ts");

/** Mistakes of C and of what compiles it. */
export const nativeFaults: ReadonlyArray<Fault> = [
  products(
    "a panel's last columns are left as they were",
    "for (rn_i j = 0; j < p->n; j++) c[r",
    "for (rn_i j = 1; j < p->n; j++) c[r",
  ),
  products(
    "packed panels are all as wide as the widest",
    "q.bk = rn_padded(q.n);\n    } else if",
    "q.bk = RN_PANEL;\n    } else if",
  ),
  products("of rows that fill no tile the last is left out", "left >= 4 ? 4 : left >= 2 ? 2 : 1", "left >= 4 ? 4 : 2"),
  loops("turns that fill no vector are left out", "rest = [`for (; ", "rest = [`for (; RN_LANES == 1 && "),
  loops("what is added up in vectors is that of one lane", ", lane)`", ", 0)`"),
  vectors(
    "a vector is written to neighbours whatever the stride",
    "for (int i = 0; i < RN_LANES; i++) p[i * stride] = v[i]",
    "for (int i = 0; i < RN_LANES; i++) p[i] = v[i]",
  ),
  primitives("of two zeros the greater is the negative one", 'joined("&")', 'joined("|")'),
  programs("a function that writes whole vectors may be dropped by the compiler", '"RN_WRITES;",', ""),
  stretches("there is no room for a panel", "columns: { factor: 1, dims: [] }", "columns: { factor: 0, dims: [] }"),
  modules("in C a buffer's first rows stand in the one before it", "*start = rn_add(at, before);", "*start = at;"),
  variables("what stands where an example has no position is read in C", "if (!(", "if (0 && !("),
  variables("a symbol that is none is looked up by in C", "if (x < 0 || x >= ", "if (x > "),
  carried("in C a window that goes on begins anew", "const int goes_on = before > 0;", "const int goes_on = 0;"),
  steps(
    "in C a step leaves its state where no other reads it",
    "placeText(leaf)}, ${placeText(slot",
    "placeText(slot)}, ${placeText(leaf",
  ),
  resets("in C a stream that begins anew begins all", '"if (which >= 0 && b != which) continue;",', ""),
  endings("in C data go on after their end", "axis)} + 1 < ", "axis)} + 1 > "),
  draws("in C the least probable are drawn from", "return weights[i] > weights[j];", "return weights[i] < weights[j];"),
  beams(
    "in C beginnings go on with their neighbour's state",
    "all + s->sources[row] * rows",
    "all + (b * s->width + row) * rows",
  ),
  cache("a library that was changed is loaded", "isWhole(path)) return", "true) return"),
  cache("a library that others may write to is loaded", "(mode & 0o022) === 0", "true"),
];
