import { type Fault, faultsOf } from "./fault.ts";

const gru = faultsOf("export/onnx/recognise/gru.ts");
const polynomial = faultsOf("export/onnx/recognise/polynomial.ts");
const layers = faultsOf("weights/onnx-layers.ts");
const mapping = faultsOf("weights/mapped.ts");
const encoding = faultsOf("onnx/encode.ts");

/** What goes to ONNX, and comes back. */
export const onnxFaults: ReadonlyArray<Fault> = [
  gru(
    "a gate that lets the new state in keeps the old one in ONNX",
    "return { gate: z, candidate: g, sign: -1 }",
    "return { gate: z, candidate: g, sign: 1 }",
  ),
  polynomial("a difference is a sum where cells are recognised", "sum(of(0), scaled(of(1), -1))", "sum(of(0), of(1))"),
  layers(
    "both directions of ONNX have the weights of the first",
    "values.slice(at * size, (at + 1) * size)",
    "values.slice(0, size)",
  ),
  layers("a state may start anywhere", "some((value) => value !== 0)", "some((value) => Number.isNaN(value))"),
  mapping("a transpose is the matrix itself", "values[(k % rows) * columns + Math.floor(k / rows)]!", "values[k]!"),
  encoding(
    "weights go to ONNX with the greatest byte first",
    "view.setFloat32(at, value, true)",
    "view.setFloat32(at, value, false)",
  ),
];
