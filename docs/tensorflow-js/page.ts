import { readFileSync } from "node:fs";
import { type Pair, pairs } from "./pairs.ts";
import { type Compared, tolerance } from "./run.ts";

/** A program as the page shows it. */
export const programOf = (path: string): string => {
  const language = path.endsWith(".rnn") ? "" : path.slice(path.lastIndexOf(".") + 1);
  const text = readFileSync(new URL(`./programs/${path}`, import.meta.url), "utf8").trimEnd();
  return `\`\`\`${language}\n${text}\n\`\`\``;
};

/** The page, with what both sides of each pair came to. */
export const pageText = (
  results: ReadonlyArray<ReadonlyArray<Compared>>,
  version: string,
): string => `# From TensorFlow.js

Written by \`npm run from-tensorflow-js\`, which runs every program on this page with TensorFlow.js ${version} and fails where a number of
one side is further than ${tolerance.toFixed(5)} from that of the other (relative to numbers above 1). Both compute in single precision.

${vocabulary}

All programs begin with the same weights: what TensorFlow.js drew is read by a file at the [end](#the-files-that-the-programs-share),
which also says how a kernel of its layers lies in memory. The data are there, too.

Each pair is a folder of its own (\`classify/tf.js\`, \`classify/model.rnn\`, \`classify/rnnc.ts\`, …) beside the files that all share. To run one:

\`\`\`
npm init -y && npm pkg set type=module && npm i rnnc tsx @tensorflow/tfjs@${version}
cd classify && node tf.js && npx rnnc compile model.rnn --optimiser adam -o model.js && npx tsx rnnc.ts
\`\`\`

${pairs.map((pair, i) => sectionOf(pair, results[i]!)).join("\n\n")}

## The files that the programs share

\`data.js\`:

${programOf("data.js")}

\`weights.js\`, for TensorFlow.js:

${programOf("weights.js")}

\`weights.ts\`, for rnnc:

${programOf("weights.ts")}

\`safetensors.js\`:

${programOf("safetensors.js")}
`;

const vocabulary = `| TensorFlow.js | rnnc |
| --- | --- |
| \`tf.layers.lstm({ units: n })\` | \`LSTM(n, forget = 1, gate = hard)(x[t])\` with \`cell hard(x) = clip(0.2 * x + 0.5, 0, 1)\`; with \`recurrentActivation: "sigmoid"\` no \`gate\`, with \`unitForgetBias: false\` no \`forget\` |
| \`tf.layers.gru({ units: n })\` | \`GRU(n, gate = hard)(x[t])\`, whose update gate has the opposite sign |
| \`tf.layers.simpleRNN({ units: n })\` | \`RNN(n)(x[t])\` |
| \`returnSequences: true\`, without it | \`h[t]\`, \`h[T]\` |
| \`goBackwards: true\` | \`backward LSTM(n)(x[t])\`, whose results stand in the order of \`x\`; the last of them is \`h[1]\` |
| \`tf.layers.bidirectional\` | two cells, one of them \`backward\`, or \`Bi(LSTM, n)(x[t])\` |
| \`tf.layers.dense\`, in \`timeDistributed\` | \`P h[T] + c\`, \`P h[t] + c\` |
| \`tf.layers.embedding\` | \`E[w[t]]\` |
| \`tf.layers.masking\`, padding | nothing: examples have their own lengths |
| \`stateful: true\`, \`resetStates()\` | \`stream(params)\`, \`reset()\` |
| \`loss: "sparseCategoricalCrossentropy"\` | \`y ~ categorical(p)\` |
| \`loss: "binaryCrossentropy"\` | \`y[t] ~ bernoulli(p[t])\`, and \`--loss perObservation\` for the mean over \`t\` |
| \`loss: "meanSquaredError"\` | \`minimize mean[t](mean((o[t] - y[t])^2))\` |
| \`model.compile({ optimizer: tf.train.adam(0.01) })\` | \`--optimiser adam\`, \`trainer(params)\`, \`{ rate: 0.01 }\` of each step |
| \`model.fit\`, \`trainOnBatch\` | \`training.step(batch, { rate })\`; or \`rnnc train\`, with schedules, early stopping, logs |
| \`model.evaluate\`, \`model.predict\` | \`loss(params, batch)\`, \`forward(params, batch)\`; or \`rnnc eval\`, \`rnnc predict\` |
| \`tf.variableGrads(f)\` | \`gradient(params, batch)\` |
| \`tf.tidy\`, \`dispose\` | nothing: a module has one memory |
| \`model.save\`, \`tf.loadLayersModel\` | a folder of \`rnnc train\`, \`loadRun\`; \`rnnc weights import\` and \`export\`; or one file with the weights in it: \`rnnc export RUN -o model.js\` |`;

const sectionOf = (pair: Pair, results: ReadonlyArray<Compared>): string =>
  [
    `## ${pair.title}`,
    pair.text,
    ...filesOf(pair).flatMap(({ title, text }) => [`${title}:`, text]),
    resultTable(results),
  ].join("\n\n");

/** What is shown of a pair, in the order in which it is run. */
const filesOf = ({
  folder,
  commands,
  back,
}: Pair): ReadonlyArray<{ readonly title: string; readonly text: string }> => {
  const file = (name: string, title: string) => ({ title, text: programOf(`${folder}/${name}`) });
  return [
    ...(back === undefined ? [] : [file("network.js", "`network.js`")]),
    file("tf.js", "TensorFlow.js"),
    file("model.rnn", "rnnc, `model.rnn`"),
    {
      title: commands.length > 1 ? "The commands" : "The command",
      text: `\`\`\`\n${commands.map((words) => `npx rnnc ${words}`).join("\n")}\n\`\`\``,
    },
    file("rnnc.ts", "`rnnc.ts`"),
    ...(back === undefined ? [] : [file(back, "And back, in TensorFlow.js")]),
  ];
};

const resultTable = (results: ReadonlyArray<Compared>): string =>
  [
    "| told | TensorFlow.js | rnnc | greatest difference |",
    "| --- | --- | --- | --- |",
    ...results.map(
      ({ name, there, here, difference }) =>
        `| \`${name}\` | ${shown(there)} | ${shown(here)} | ${difference === 0 ? "0" : difference.toExponential(0)} |`,
    ),
  ].join("\n");

/** The first and the last of several. */
const shown = (numbers: ReadonlyArray<number>): string => {
  const [first, last] = [numbers[0]!, numbers.at(-1)!].map((number) => number.toPrecision(6));
  return numbers.length === 1 ? first! : `${first} … ${last} (${numbers.length})`;
};
