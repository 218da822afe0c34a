import assert from "node:assert/strict";

/** Throws unless every element is closed in order, and every sign that means something in XML is written as such. */
export const mustBeXml = (xml: string): void => {
  const open: string[] = [];
  const rest = xml.replaceAll(
    /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, closes: string, name: string, attributes: string, isEmpty: string) => {
      const names = [...attributes.matchAll(/\s([\w:-]+)=/g)].map(([, attribute]) => attribute);
      assert.equal(new Set(names).size, names.length, `${name}: ${attributes}`);
      if (closes === "/") assert.equal(open.pop(), name);
      else if (isEmpty === "") open.push(name);
      return "";
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]|&(?!(?:amp|lt|gt|quot);)/);
};
