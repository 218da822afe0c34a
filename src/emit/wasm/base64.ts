const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes as text, four digits for every three (RFC 4648, section 4). */
export const base64 = (bytes: Uint8Array): string => {
  const groups: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (place: number): string => digits[(bits >> (18 - 6 * place)) & 63]!;
    groups.push(digit(0) + digit(1) + (b === undefined ? "=" : digit(2)) + (c === undefined ? "=" : digit(3)));
  }
  return groups.join("");
};
