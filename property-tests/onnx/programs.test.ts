import { test } from "node:test";
import fc from "fast-check";
import { often } from "../often.ts";
import { cases, ready } from "../programs/cases.ts";
import { mustGiveTheSame } from "./agreement.ts";
import { skip } from "./runtime.ts";

/** What ONNX Runtime has in single precision alone. */
const isSingle = /\b(?:atan|erf|gelu)\b/;
const manners = { smooth: { smooth: true }, bent: { smooth: false } };

for (const [words, manner] of Object.entries(manners))
  test(`ONNX Runtime gives of a random program (${words}) what rnnc gives, to 1e-9`, { skip }, () =>
    fc.assert(
      fc.asyncProperty(
        cases(manner).filter(({ source }) => !isSingle.test(source)),
        async (drawn) => {
          const { model, params, examples } = ready(drawn, { target: "js" });
          if (model.model.outputs.length === 0) return;
          await mustGiveTheSame(model, params, examples, 1e-9);
        },
      ),
      { numRuns: often(100, 20) },
    ),
  );

const hasCell = /\b(?:RNN|GRU|LSTM)\(/;
/** A position along an axis whose length differs does not stand alone, which is said of some programs that are drawn. */
const standsAlone = /\b(?:when|reset)\b.*\bw ==/;

// Single precision, in which cells become operations of their own: what is wrong is wrong by more than rounding.
test("ONNX Runtime gives of a random program with cells what rnnc gives in single precision, to 1e-3", { skip }, () =>
  fc.assert(
    fc.asyncProperty(
      cases({ smooth: true, tame: true }).filter(({ source }) => hasCell.test(source) && !standsAlone.test(source)),
      async (drawn) => {
        const { model, params, examples } = ready(drawn, { precision: "f32", target: "js" });
        if (model.model.outputs.length === 0) return;
        await mustGiveTheSame(model, params, examples, 1e-3);
      },
    ),
    { numRuns: often(100, 20) },
  ),
);
