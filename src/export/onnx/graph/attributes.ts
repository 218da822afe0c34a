import type { OnnxAttribute } from "../../../onnx/messages.ts";

export const int = (value: number): OnnxAttribute => ({ tag: "int", value });
export const ints = (value: ReadonlyArray<number>): OnnxAttribute => ({ tag: "ints", value });
