import tf from "@tensorflow/tfjs";

export const network = () => {
  const gru = tf.layers.gru({
    name: "gru",
    units: 6,
    recurrentActivation: "sigmoid",
    kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
    recurrentInitializer: tf.initializers.orthogonal({ seed: 2 }),
  });
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  return tf.sequential({
    layers: [
      tf.layers.bidirectional({ name: "both", layer: gru, mergeMode: "concat", inputShape: [null, 1] }),
      tf.layers.dense({ name: "dense", units: 3, activation: "softmax", kernelInitializer }),
    ],
  });
};
