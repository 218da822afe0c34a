import type { Count, Index, Loop, LoopProgram, Scalar } from "../loops.ts";
import { operandsOf } from "../operands.ts";
import type { Size } from "../size.ts";
import { dimCount } from "./batches.ts";

type Kind = "number" | "integer" | "accumulator";
type Scope = ReadonlyMap<string, Kind>;

/** Names that are not bound where they stand, or bound to another kind of thing, and dims that are not known there. */
export const unboundNames = (program: LoopProgram): ReadonlyArray<string> =>
  program.blocks.flatMap((block) =>
    inOrder(block.body, new Map(), dimCount(program, block)).map((what) => `${block.title}: ${what}`),
  );

const inOrder = (loops: ReadonlyArray<Loop>, outer: Scope, dims: number): ReadonlyArray<string> => {
  const found: string[] = [];
  let scope = outer;
  for (const loop of loops) {
    for (const what of inLoop(loop, scope, dims)) found.push(what);
    const kind = binds[loop.tag];
    if (kind === undefined || !("name" in loop)) continue;
    if (scope.has(loop.name)) found.push(`${loop.name} is bound twice`);
    scope = new Map([...scope, [loop.name, kind]]);
  }
  return found;
};

/** What the loops after one may speak of. */
const binds: { readonly [tag in Loop["tag"]]: Kind | undefined } = {
  let: "number",
  letInteger: "integer",
  accumulator: "accumulator",
  for: undefined,
  if: undefined,
  accumulate: undefined,
  store: undefined,
  product: undefined,
};

const inLoop = (loop: Loop, scope: Scope, dims: number): ReadonlyArray<string> => {
  switch (loop.tag) {
    case "for":
      return [
        ...inCount(loop.extent, scope, dims),
        ...(scope.has(loop.variable) ? [`${loop.variable} is bound twice`] : []),
        ...inOrder(loop.body, new Map([...scope, [loop.variable, "integer"]]), dims),
      ];
    case "if":
      return [
        ...inScalar(loop.condition, scope, dims),
        ...[loop.then, loop.else].flatMap((branch) => inOrder(branch, scope, dims)),
      ];
    case "let":
    case "letInteger":
      return inScalar(loop.value, scope, dims);
    case "accumulator":
      return [];
    case "accumulate":
      return [
        ...(scope.get(loop.name) === "accumulator" ? [] : [`${loop.name} is no accumulator here`]),
        ...inScalar(loop.value, scope, dims),
      ];
    case "store":
      return [...inIndex(loop.index, scope, dims), ...inScalar(loop.value, scope, dims)];
    case "product":
      return [
        ...[loop.left, loop.right, loop.result].flatMap(({ index }) => inIndex(index, scope, dims)),
        ...[loop.m, loop.n, loop.k].flatMap(({ extent, left, right, result }) =>
          [extent, left, right, result].flatMap((size) => inSize(size, dims)),
        ),
      ];
  }
};

const inScalar = (scalar: Scalar, scope: Scope, dims: number): ReadonlyArray<string> => [
  ...(scalar.tag === "local" && !scope.has(scalar.name) ? [`${scalar.name} is not bound`] : []),
  ...("index" in scalar ? inIndex(scalar.index, scope, dims) : []),
  ...(scalar.tag === "size" ? inSize(scalar.size, dims) : []),
  ...operandsOf(scalar).flatMap((part) => inScalar(part, scope, dims)),
];

const inCount = (count: Count, scope: Scope, dims: number): ReadonlyArray<string> =>
  count.tag === "size" ? inSize(count.size, dims) : inIndex(count.index, scope, dims);

const inIndex = ({ terms, constant }: Index, scope: Scope, dims: number): ReadonlyArray<string> => [
  ...terms.flatMap(({ variable, stride }) => [
    ...(scope.get(variable) === "integer" ? [] : [`${variable} is no integer here`]),
    ...inSize(stride, dims),
  ]),
  ...constant.flatMap((size) => inSize(size, dims)),
];

const inSize = (size: Size, dims: number): ReadonlyArray<string> => [
  ...size.dims.filter((dim) => dim >= dims).map((dim) => `dim ${dim} is not known here`),
  ...(Number.isInteger(size.factor) ? [] : [`${size.factor} elements are no whole number`]),
];
