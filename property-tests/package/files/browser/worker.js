import { compiled } from "./compiler.js";

self.onmessage = ({ data }) => self.postMessage(compiled(data));
