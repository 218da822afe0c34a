// Twenty steps of a compiled module's training: the bits of its parameters, as text.
export const bitsAfter = ({ init, pack, trainer }) => {
  const training = trainer(init(1));
  const examples = [1, 2, 3].map((k) => ({
    x: Array.from({ length: k + 2 }, (_, t) => [k / (t + 1), t - k]),
    y: Array.from({ length: k + 2 }, (_, t) => (t % 2) - 0.5),
  }));
  const batch = pack(examples);
  for (let step = 0; step < 20; step++) training.step(batch, { rate: 0.05, clip: 1 });
  return Object.values(training.params())
    .map((values) =>
      Array.from(new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4), (word) =>
        word.toString(16),
      ).join(" "),
    )
    .join("\n");
};
