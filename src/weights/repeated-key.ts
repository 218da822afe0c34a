/**
 * The first name that an object in a JSON text has twice, of which `JSON.parse` would silently take the last. The text is
 * JSON: only strings, brackets and colons matter.
 */
export const repeatedKey = (json: string): string | undefined => {
  const open: Array<Set<string>> = [];
  let last = "";
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (token !== ":") last = token;
    else {
      const key: string = JSON.parse(last);
      const keys = open[open.length - 1]!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
};
