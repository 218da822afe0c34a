import type { ModuleContents } from "../../../src/module/contents.ts";
import { closureText } from "../../../src/module/text.ts";
import type { CompiledModel } from "../../../src/runtime/interface.ts";

/**
 * Stands in the page's bundle for `src/module/instantiate.ts`: a policy that forbids to evaluate text lets a worker import
 * it as a script of its own, and that is done at once.
 */
export const instantiate = (parts: ModuleContents): CompiledModel => {
  const place = URL.createObjectURL(
    new Blob([`globalThis.${slot} = (() => {${closureText(parts)}})();`], { type: "text/javascript" }),
  );
  try {
    scope.importScripts(place);
    return scope[slot]!;
  } finally {
    URL.revokeObjectURL(place);
    delete scope[slot];
  }
};

const slot = "rnncInstance";

/** What a worker has that a page has not. */
const scope = globalThis as unknown as {
  readonly importScripts: (place: string) => void;
  [slot]?: CompiledModel;
};
