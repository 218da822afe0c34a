/**
 * As much of ONNX's protocol buffers as the workloads need: a message is a list of fields, each its number with an
 * integer, a text, bytes, or a message.
 *
 * @typedef {number | string | Uint8Array | Message} Value
 * @typedef {ReadonlyArray<readonly [number, Value]>} Message
 */

/**
 * @param {Message} message
 * @returns {Buffer}
 */
export function encoded(message) {
  return Buffer.concat(message.flatMap(([field, value]) => encodedField(field, value)));
}

/**
 * @param {number} field
 * @param {Value} value
 */
function encodedField(field, value) {
  if (typeof value === "number") return [variableLength(field * 8), variableLength(value)];
  const bytes = typeof value === "string" ? Buffer.from(value) : value instanceof Uint8Array ? value : encoded(value);
  return [variableLength(field * 8 + 2), variableLength(bytes.length), bytes];
}

/** Seven bits a byte, the lowest first. @param {number} value */
function variableLength(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push(128 + (rest % 128));
  }
}
