import { readFileSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { isTrainer, isUnchangedTrainer } from "../export/pytorch/trainer.ts";
import { sha256 } from "../train/manifest.ts";
import { decodeSafetensors } from "../weights/decode.ts";
import { encodeSafetensors, type Safetensors } from "../weights/safetensors.ts";

/**
 * What an export writes beside the file that the user named. He did not name these, so they take the place of nothing but
 * what an export wrote, unchanged since.
 */

/** Why a script that is there stays, if it does. */
export const trainerInTheWay = (script: string): ReadonlyArray<string> => {
  const found = bytesAt(script);
  const text = found === undefined ? "" : new TextDecoder().decode(found);
  if (text === "" || isUnchangedTrainer(text)) return [];
  return [
    isTrainer(text)
      ? `${script} was changed since rnnc wrote it, or is of an older rnnc, and --trainer would overwrite it: export to another folder, or delete it`
      : `${script} is there, and none that rnnc wrote: --trainer would overwrite it`,
  ];
};

/** Why weights that are there stay, if they do. */
export const weightsInTheWay = (path: string, output: string): ReadonlyArray<string> => {
  const found = bytesAt(path);
  if (found === undefined) return [];
  const weights = decodeSafetensors(found);
  if (E.isRight(weights) && weights.right.metadata[mark] === digestOf(weights.right)) return [];
  return [
    `${path} is there, and not as an export wrote it: the weights beside ${output} would overwrite it. Give another -o, or move it away`,
  ];
};

/** Weights that tell that an export wrote them, and which. */
export const markedWeights = (weights: Safetensors): Safetensors => ({
  ...weights,
  metadata: { ...weights.metadata, [mark]: digestOf(weights) },
});

const mark = "rnnc export";

const digestOf = ({ tensors }: Safetensors): string => sha256(encodeSafetensors({ tensors, metadata: {} }));

/** Of a folder, or what cannot be read, it is told where it is written. */
const bytesAt = (path: string): Uint8Array | undefined =>
  E.toUnion(
    E.tryCatch(
      () => (statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : undefined),
      () => undefined,
    ),
  );
