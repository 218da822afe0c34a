import tf from "@tensorflow/tfjs";
import { waves } from "../data.js";
import { tensorsOf } from "../safetensors.js";
import { network } from "./network.js";

const weights = tensorsOf("further.safetensors");
const gru = (path) => ["kernel", "recurrent_kernel", "bias"].map((name) => weights[`${path}/${name}`]);
const model = network();
model.layers[0].setWeights([...gru("f"), ...gru("g/backward")]);
model.layers[1].setWeights([tf.transpose(weights.P), weights.c]);
console.log("further", ...model.predict(tf.tensor3d(waves(24, 10).x)).dataSync());
