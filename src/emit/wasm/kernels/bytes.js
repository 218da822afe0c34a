/**
 * The bytes that base64 stands for. An audio worklet has no `atob`.
 *
 * @param {string} text
 */
export function bytesOf(text) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i += 1) values[digits.charCodeAt(i)] = i;
  const bytes = new Uint8Array((text.replace(/=+$/, "").length * 3) >> 2);
  for (let i = 0, at = 0; at < bytes.length; i += 4) {
    let bits = 0;
    for (let k = 0; k < 4; k += 1) bits = (bits << 6) | Number(values[text.charCodeAt(i + k)]);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = bits >> shift;
  }
  return bytes;
}
