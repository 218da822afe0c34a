import { writeFileSync } from "node:fs";
import tf from "@tensorflow/tfjs";
import { waves } from "../data.js";
import { safetensors } from "../safetensors.js";
import { network } from "./network.js";

const model = network(); // or await tf.loadLayersModel("…/model.json")
await model.save(safetensors("model.safetensors"));

const { x, y } = waves(24, 10);
writeFileSync("waves.jsonl", x.map((steps, i) => `${JSON.stringify({ x: steps, y: y[i] })}\n`).join(""));
console.log("p", ...model.predict(tf.tensor3d(x)).dataSync());
