import { encoded } from "./protobuf.js";

/**
 * ONNX models as data, with the numbers of ONNX's own fields.
 *
 * @typedef {import("./protobuf.js").Message} Message
 */

/** Elements of tensors. */
export const float = 1;
export const integer = 7;
export const truth = 9;

/** @param {Message} graph */
export const modelBytes = (graph) =>
  encoded([
    [1, 8],
    [2, "rnnc"],
    [7, graph],
    [8, [[2, 17]]],
  ]);

/**
 * @param {{ nodes: Message[], constants: Message[], inputs: Message[], outputs: Message[] }} parts
 * @returns {Message}
 */
export const graph = ({ nodes, constants, inputs, outputs }) => [
  ...fields(1, nodes),
  [2, "graph"],
  ...fields(5, constants),
  ...fields(11, inputs),
  ...fields(12, outputs),
];

/**
 * @param {string} operation
 * @param {string[]} inputs an input that is left out is ""
 * @param {string[]} outputs
 * @param {Record<string, number | { graph: Message }>} attributes
 * @returns {Message}
 */
export const node = (operation, inputs, outputs, attributes = {}) => [
  ...fields(1, inputs),
  ...fields(2, outputs),
  [4, operation],
  ...fields(
    5,
    Object.entries(attributes).map(([name, value]) =>
      typeof value === "number"
        ? [
            [1, name],
            [3, value],
            [20, 2],
          ]
        : [
            [1, name],
            [6, value.graph],
            [20, 5],
          ],
    ),
  ),
];

/**
 * @param {string} name
 * @param {ReadonlyArray<number>} shape
 * @param {Float32Array | BigInt64Array} values
 * @returns {Message}
 */
export const constant = (name, shape, values) => [
  ...fields(1, shape),
  [2, values instanceof Float32Array ? float : integer],
  [8, name],
  [9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)],
];

/**
 * @param {string} name
 * @param {number} element
 * @param {ReadonlyArray<number>} shape
 * @returns {Message}
 */
export const variable = (name, element, shape) => [
  [1, name],
  [
    2,
    [
      [
        1,
        [
          [1, element],
          [
            2,
            fields(
              1,
              shape.map((size) => [[1, size]]),
            ),
          ],
        ],
      ],
    ],
  ],
];

/**
 * @param {number} field
 * @param {ReadonlyArray<import("./protobuf.js").Value>} values
 * @returns {Array<readonly [number, import("./protobuf.js").Value]>}
 */
function fields(field, values) {
  return values.map((value) => [field, value]);
}
