import * as t from "io-ts";

/** What the user's Python raised: the last line of what it says, and where in the file. */
const Raised = t.intersection([
  t.type({ text: t.string }),
  t.partial({ file: t.string, line: t.union([t.number, t.null]), within: t.string, code: t.string }),
]);
export type Raised = t.TypeOf<typeof Raised>;

const Failed = t.type({ failure: Raised });

/** JSON has no infinity, and nothing that is no number: these are texts. */
const Told = t.union([t.number, t.string]);

export const Ready = t.type({ torch: t.union([t.string, t.null]) });

/** The class, what its constructor takes, and which values of a batch the loss is given; null: all in one dictionary. */
const LoadedClass = t.type({
  name: t.string,
  arguments: t.array(t.type({ name: t.string, required: t.boolean })),
  uses: t.union([t.array(t.string), t.null]),
});
export type LoadedClass = t.TypeOf<typeof LoadedClass>;

const TorchParameter = t.type({
  name: t.string,
  shape: t.array(t.number),
  kind: t.union([t.literal("learned"), t.literal("fixed"), t.literal("buffer")]),
});
/** A parameter of the user's module, or a buffer of real numbers. */
export type TorchParameter = t.TypeOf<typeof TorchParameter>;

const Made = t.type({ parameters: t.array(TorchParameter) });

const Computed = t.type({
  loss: Told,
  gradient: t.record(t.string, t.union([t.array(Told), t.null])),
});
/** Of a parameter that the loss does not reach, or that is not learned, the gradient is null. */
export type Computed = t.TypeOf<typeof Computed>;

export const LoadAnswer = t.union([Failed, LoadedClass]);
export const MakeAnswer = t.union([Failed, Made]);
export const RunAnswer = t.array(t.union([Failed, Computed]));
