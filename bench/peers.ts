import { fileURLToPath } from "node:url";

/**
 * Who takes part. rnnc, in every target, and PyTorch are measured at length; the others may be so slow that few iterations
 * must do.
 */
export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly arguments: ReadonlyArray<string>;
  readonly few: boolean;
  /** Variables of its environment that differ; undefined unsets one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * What reads TypeScript in the process of rnnc. `tsx` itself would load CommonJS too, and after that V8 asks at every
 * element of a typed array whether its buffer is detached, as it does in no process of a user of a module.
 */
const tsx = ["--import", import.meta.resolve("tsx/esm")];
const script = (name: string, file: string): Peer => ({
  name,
  command: process.execPath,
  arguments: [here(`./peers/${file}`)],
  few: true,
});

export const rnnc: Peer = {
  name: "rnnc",
  command: process.execPath,
  arguments: [...tsx, here("./rnnc.ts"), "wasm"],
  few: false,
};

export const pytorch: Peer = {
  name: "PyTorch",
  command: "/usr/bin/python3",
  arguments: [here("./peers/pytorch.py")],
  few: false,
};

/** Where the environment says which kernels OpenBLAS takes, PyTorch is also measured with those it would choose. */
const otherKernels: ReadonlyArray<Peer> =
  process.env.OPENBLAS_CORETYPE === undefined
    ? []
    : [{ ...pytorch, name: "PyTorch auto", environment: { OPENBLAS_CORETYPE: undefined } }];

export const peers: ReadonlyArray<Peer> = [
  rnnc,
  pytorch,
  ...otherKernels,
  { ...rnnc, name: "rnnc js", arguments: [...tsx, here("./rnnc.ts"), "js"] },
  { ...rnnc, name: "rnnc native", arguments: [...tsx, here("./rnnc.ts"), "native"] },
  script("C by hand", "c.js"),
  script("jax-js", "jax-js.js"),
  script("tfjs", "tfjs.js"),
  script("onnxruntime", "onnxruntime.js"),
  script("recurrent-js", "recurrent-js.js"),
];
