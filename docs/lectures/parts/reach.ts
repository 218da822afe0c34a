import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../../src/check/random-example.ts";
import { jacobian } from "../../../src/property/jacobian.ts";
import type { Plotted } from "../../../src/views/chart/plotted.ts";
import type { Part } from "../lecture.ts";
import { compiledProgram } from "../programs.ts";
import { computed } from "./findings.ts";
import { matrixHtml } from "./panels.ts";

/** Which positions of an input move which positions of an output: the lengths of the derivatives, as they are drawn at first. */
export const reach = (output: string, input: string, length: number, caption: string): Part =>
  computed((program) => {
    const compiled = compiledProgram(program, { precision: "f64" });
    const example = randomExample(compiled.model, xoroshiro128plus(1), { least: length, greatest: length });
    const { rows, columns, data } = jacobian(compiled, { wrt: [input] })(compiled.init(1), example)[output]![input]!;
    const [high, wide] = [rows / length, columns / length];
    const values = positions(length).map((t) =>
      positions(length).map((k) =>
        Math.hypot(
          ...positions(high).flatMap((i) => positions(wide).map((j) => data[(t * high + i) * columns + k * wide + j]!)),
        ),
      ),
    );
    const labels = positions(length).map((t) => `${t + 1}`);
    const plotted: Plotted = {
      title: `‖∂${output}[t]/∂${input}[k]‖`,
      about: "what is blank is exactly 0",
      sides: [
        { name: "t", labels, isWords: false },
        { name: "k", labels, isWords: false },
      ],
      values: values.map((row) => row.map((value) => (value === 0 ? Number.NaN : value))),
    };
    return matrixHtml([plotted], caption);
  });

const positions = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i);
