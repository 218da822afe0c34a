import { createHash } from "node:crypto";
import { basename } from "node:path";
import { CompilerFault } from "../../fault.ts";
import type { LossScale } from "../../transform/batch-loss.ts";
import { trainerTemplate } from "./generated/python.ts";
import { pythonString, tupleText } from "./text.ts";

/** What stands beside a module of PyTorch and trains it. */
export const trainerName = "train.py";

/** Every such script begins with the same line: a file that is there without it is somebody's own. */
export const isTrainer = (text: string): boolean => text.startsWith(firstLine);

const [firstLine = ""] = trainerTemplate.split("\n", 1);

/** Of a class in a module, with the loss that this has. */
export const trainerText = (module: string, className: string, loss: LossScale): string => {
  const given = tupleText([basename(module), className, loss].map(pythonString)).slice(1, -1);
  const text = trainerTemplate.replace(assignment, () => `MODULE, CLASS, LOSS = ${given}`);
  if (!text.includes(given)) throw new CompilerFault("export", "the script that trains has lost its first line");
  return text.replace(assignment, (line) => `${beforeDigest}${digestOf(text)}\n${line}`);
};

const assignment = /^MODULE, CLASS, LOSS = .*$/m;

/** As rnnc wrote it, this version or another: what is changed by hand has another digest than it tells. */
export const isUnchangedTrainer = (text: string): boolean => {
  const [line = "", digest] = digestLine.exec(text) ?? [];
  return isTrainer(text) && digest === digestOf(text.replace(line, () => ""));
};

const beforeDigest = "# As rnnc wrote it (all but this line): sha256 ";

const digestLine = /^# As rnnc wrote it \(all but this line\): sha256 ([0-9a-f]{64})\n/m;

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");
