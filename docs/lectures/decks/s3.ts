import type { Lecture } from "../lecture.ts";
import { attention } from "./s3/attention.ts";
import { encoders } from "./s3/encoders.ts";
import { gates } from "./s3/gates.ts";
import { recurrent } from "./s3/recurrent.ts";
import { sequential } from "./s3/sequential.ts";

export const s3: Lecture = {
  name: "s3",
  deck: "S3",
  title: "Recurrent neural networks: from time series to attention",
  by: "Zein Al Abidin Ibrahim, MLAI 504: Neural Networks and Deep Learning, Lebanese University",
  words: [
    "A wide tour: sequential data, the vanilla network and its variants, LSTM and GRU as animations, encoder and decoder with what is said for and against them, and attention. What the deck asserts is measured here.",
  ],
  chapters: [sequential, recurrent, gates, encoders, attention],
};
