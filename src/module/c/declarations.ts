import { isBeginning } from "./beginning.ts";
import type { CContents } from "./contents.ts";
import { realType } from "./fields.ts";
import type { Names } from "./names.ts";
import { carries, isDescending, isGenerating, isProcessing, isSearching, isStepping } from "./places.ts";
import { slopedInputs } from "./structs.ts";

/** A function of a module in C. */
export interface CFunction {
  /** Without what all names begin with. */
  readonly name: string;
  readonly says: string;
  /** All before its body. */
  readonly head: string;
}

export const declarationText = ({ says, head }: CFunction): ReadonlyArray<string> => [`/* ${says} */`, `${head};`];

/** What a module in C has, in the order in which it is declared. */
export const functionsOf = (contents: CContents, names: Names): ReadonlyArray<CFunction> => {
  const { prefix } = names;
  const sizes = `${prefix}_sizes sizes`;
  const made = (result: string, name: string, parameters: ReadonlyArray<string>, says: string): CFunction => ({
    name,
    says,
    head: `${result} ${prefix}_${name}(${parameters.join(", ")})`,
  });
  const room = (name: string, of: string): CFunction =>
    made("size_t", `${name}_memory`, [sizes], `The bytes that ${of} needs; SIZE_MAX where sizes are too large.`);
  const given = [`const ${prefix}_params *params`, `const ${prefix}_batch *batch`];
  const real = realType(contents);
  return [
    ...(isBeginning(contents)
      ? [
          made(
            "void",
            "init",
            [`${prefix}_params *params`, "uint64_t seed"],
            "The parameters that a seed begins with, as the module's init has them.",
          ),
        ]
      : []),
    ...(contents.weights === undefined
      ? []
      : [made("void", "weights", [`${prefix}_params *params`], "The weights of the run.")]),
    ...(has(contents, "forward")
      ? [
          room("forward", "forward"),
          made(
            "int",
            "forward",
            [...given, `const ${prefix}_outputs *outputs`, "void *memory"],
            "The outputs of a batch.",
          ),
        ]
      : []),
    ...(has(contents, "loss")
      ? [room("loss", "loss"), made("int", "loss", [...given, `${real} *loss`, "void *memory"], "The loss of a batch.")]
      : []),
    ...(has(contents, "gradient")
      ? [
          room("gradient", "gradient"),
          made(
            "int",
            "gradient",
            [
              ...given,
              `${real} *loss`,
              `${prefix}_params *gradient`,
              ...(slopedInputs(contents).length === 0 ? [] : [`const ${prefix}_slopes *slopes`]),
              "void *memory",
            ],
            "The loss of a batch, and its gradient by each parameter: 0 where it does not depend on one.",
          ),
        ]
      : []),
    ...(!carries(contents) ? [] : [room("state", "what a gradient goes on from")]),
    ...(has(contents, "train")
      ? [
          room("train", "a step of training"),
          made(
            `${prefix}_descent`,
            "usual",
            [`${real} rate`],
            "A step down at this rate, with what is usual for the rest.",
          ),
          made(
            "int",
            "train",
            [
              `${prefix}_trainer *trainer`,
              `const ${prefix}_batch *batch`,
              `const ${prefix}_descent *descent`,
              `${real} *loss`,
              `${real} *norm`,
              "void *memory",
            ],
            "One step down the gradient of a batch: the loss before it, and the norm of the scaled gradient.",
          ),
        ]
      : []),
    ...(isDescending(contents)
      ? [
          made("size_t", "descend_memory", ["void"], "The bytes that a step along a given gradient needs."),
          made(
            "int",
            "descend",
            [
              `${prefix}_trainer *trainer`,
              `const ${prefix}_params *gradient`,
              `const ${prefix}_descent *descent`,
              `${real} *norm`,
              "void *memory",
            ],
            "One step down a gradient from elsewhere, as the sum of several batches', and its norm.",
          ),
        ]
      : []),
    ...(isStepping(contents)
      ? [
          room("stream", "streams side by side"),
          made(
            "int",
            "start",
            ["void *stream", `const ${prefix}_params *params`, `const ${prefix}_batch *context`],
            "Begins streams with the parameters as they are, and what of a batch does not stand along the streams' axis; NULL: one stream. The memory holds no pointer: a copy of it is a stream of its own.",
          ),
          made(
            "int",
            "step",
            ["void *stream", `const ${prefix}_step_inputs *inputs`, `const ${prefix}_step_outputs *outputs`],
            "One step of each stream.",
          ),
          ...(isProcessing(contents)
            ? [
                made(
                  "int",
                  "process",
                  [
                    "void *stream",
                    `const ${prefix}_step_inputs *inputs`,
                    `const ${prefix}_step_outputs *outputs`,
                    "size_t n",
                  ],
                  "The next n steps: arrays have what one step has, step after step. What is wrong in one ends them before it.",
                ),
                made("int", "reset", ["void *stream"], "Begins all streams of this memory anew, as they were started."),
                made(
                  "int",
                  "reset_one",
                  ["void *stream", "size_t which"],
                  "Begins one stream anew, by its number from 0; the others go on.",
                ),
              ]
            : []),
        ]
      : []),
    ...(isGenerating(contents)
      ? [
          made(
            "void",
            "seed",
            [`${prefix}_random *random`, "size_t streams", "uint64_t seed"],
            "Random numbers for streams side by side, each its own, as the module's generate has them.",
          ),
          made(
            "int",
            "generate",
            [
              "void *stream",
              `const ${prefix}_step_inputs *inputs`,
              `${prefix}_random *random`,
              `const ${prefix}_taste *taste`,
              `const ${prefix}_drawn *drawn`,
            ],
            "One step of each stream that draws what of its targets is not given, which the next step reads. Inputs may be NULL where none is needed, and the taste for what is usual.",
          ),
        ]
      : []),
    ...(isSearching(contents)
      ? [
          made(
            "size_t",
            "search_memory",
            [sizes, `${prefix}_beam beam`],
            "The bytes that a search needs; SIZE_MAX where sizes are too large, or the beam is none.",
          ),
          made(
            "int",
            "search",
            [
              `const ${prefix}_params *params`,
              `const ${prefix}_batch *context`,
              `const ${prefix}_search_inputs *inputs`,
              `const ${prefix}_beam *beam`,
              `const ${prefix}_found *found`,
              "void *memory",
            ],
            "The most probable sequences, as the module's search has them: of each example of the context, or NULL: of one. Inputs may be NULL where none is needed.",
          ),
        ]
      : []),
  ];
};

const exported = { forward: "forward", loss: "loss", gradient: "gradient", train: "trainer" } as const;

/** Whether a module has the function that runs a program. */
export const has = ({ programs, exports }: CContents, name: keyof typeof exported): boolean =>
  programs[name] !== undefined && exports.includes(exported[name]);
