/** A program of TensorFlow.js and what it becomes, of a folder of `programs/`, as the page shows and runs them. */
export interface Pair {
  readonly folder: string;
  readonly title: string;
  readonly text: string;
  /** Arguments of `npx rnnc` between the two programs. */
  readonly commands: ReadonlyArray<string>;
  /** A further program of TensorFlow.js, which takes what rnnc made. */
  readonly back?: string;
}

const compiled = (options: string): ReadonlyArray<string> => [`compile model.rnn ${options}-o model.js`];

export const pairs: ReadonlyArray<Pair> = [
  {
    folder: "classify",
    title: "A classifier, trained with `fit` and asked with `predict`",
    text: `The layers become equations, the loss \`y ~ categorical(p)\`: in training \`y\` is given, in predicting it may be left out. Gates
of TensorFlow.js are hard sigmoids unless it is told \`recurrentActivation: "sigmoid"\`, and its forget gates start with biases of 1; a
cell of rnnc takes both as arguments. \`trainer\` holds parameters and what the optimiser remembers; one \`step\` is one batch. Adam's
epsilon is 1e-7 there and 1e-8 here.`,
    commands: compiled("--optimiser adam "),
  },
  {
    folder: "regress",
    title: "A number for every step",
    text: `\`returnSequences: true\` is \`h[t]\` in place of \`h[T]\`, and \`timeDistributed\` nothing at all: an equation with \`t\` holds at every \`t\`.
A loss that is no distribution's is written down, and what it reads is an input, which \`pack\` wants (\`step\` and \`stream\` do not).
With \`y[t] ~ normal(o[t], 1)\`, half the squared error and a constant, it would be a target, which may be left out.`,
    commands: compiled("--optimiser sgd "),
  },
  {
    folder: "tag",
    title: "Words, read from both ends",
    text: `A look-up is an index, a bidirectional layer two cells. The loss of an example is the sum over its positions, that of TensorFlow.js their
mean: \`--loss perObservation\` is that mean, also where examples have different lengths or miss a truth. What is no target is not
asked for: \`forward\` is given words alone.`,
    commands: compiled("--optimiser momentum --loss perObservation "),
  },
  {
    folder: "gradients",
    title: "A training loop by hand",
    text: `\`tf.variableGrads\` is \`gradient(params, batch)\`: parameters are typed arrays and may be changed as one likes. There is nothing to
tidy or to dispose of, and the loop over time is an equation with \`t-1\`. (\`training.step(batch, { rate, clip: 5 })\` does the same
where the compiled code has its numbers.)`,
    commands: compiled(""),
  },
  {
    folder: "cell",
    title: "A recurrent cell of one's own",
    text: `A class with \`build\`, \`call\`, \`getConfig\` and a registered name is a cell: its parameters, where its state begins, its equations.`,
    commands: compiled("--optimiser adam "),
  },
  {
    folder: "masking",
    title: "Sequences of different lengths",
    text: `An example is as long as its data are: \`pack\` pads, and what is padding counts nowhere, in no state, no loss and no gradient. No value
is set aside to mean that there is none.`,
    commands: compiled("--optimiser sgd "),
  },
  {
    folder: "stateful",
    title: "A state that goes on from call to call",
    text: `\`stateful: true\` with a fixed batch is a \`stream\` of so many sequences. Its blocks may have any length, also from call to call, and
nothing is allocated while it runs.`,
    commands: compiled(""),
  },
  {
    folder: "saved",
    title: "Weights that move over, and back",
    text: `\`rnnc weights import\` takes the layers of Keras, which are those of TensorFlow.js, from \`.safetensors\`: a format of a few lines. Of a
bidirectional layer it takes each direction to the cell that runs so. Here they go into a run, which needs one step of training to
know its data, and is trained further by \`rnnc train\`; \`weights export\` writes the same names for the way back.`,
    commands: [
      "train model.rnn --data waves.jsonl --steps 1 --run runs/model",
      "weights import runs/model --from model.safetensors --dialect keras:gru --map dense/kernel=P --map dense/bias=c",
      "predict runs/model --data waves.jsonl -o answers.jsonl",
      "train model.rnn --data waves.jsonl --steps 20 --init runs/model --run runs/further",
      "weights export runs/further -o further.safetensors --dialect keras",
    ],
    back: "back.js",
  },
];
