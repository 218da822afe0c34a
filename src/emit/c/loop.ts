import { elementaryNames } from "../../circuit/circuit.ts";
import { CompilerFault } from "../../fault.ts";
import type { Count, For, Loop, Scalar } from "../../loops/loops.ts";
import { operandsOf } from "../../loops/operands.ts";
import { isUnit, strideAlong } from "../stride.ts";
import { packText, productText } from "./product.ts";
import { lengthText, realText, truthText } from "./real.ts";
import {
  acrossTurns,
  alone,
  constantsText,
  elementText,
  inside,
  integerName,
  integerText,
  placeText,
  realName,
  type Scope,
  vectorAt,
  vectorName,
  vectorTo,
} from "./scope.ts";

/** The lines of loops, one after the other. */
export const loopsText = (scope: Scope, loops: ReadonlyArray<Loop>): ReadonlyArray<string> =>
  loops.flatMap((loop) => loopText(scope, loop));

const loopText = (scope: Scope, loop: Loop): ReadonlyArray<string> => {
  switch (loop.tag) {
    case "for":
      return forText(scope, loop);
    case "if":
      return [
        `if (${truthText(scope, loop.condition)}) {`,
        ...loopsText(within(scope), loop.then),
        ...(loop.else.length === 0 ? [] : ["} else {", ...loopsText(within(scope), loop.else)]),
        "}",
      ];
    case "let": {
      const text = realText(scope, loop.value);
      scope.kinds.set(loop.name, "real");
      return [`RN_F ${realName(loop.name)} = ${text};`];
    }
    case "letInteger": {
      const text = realText(scope, loop.value);
      scope.kinds.set(loop.name, "integer");
      return [`RN_I ${integerName(loop.name)} = rn_whole(${text});`];
    }
    case "accumulator":
      scope.kinds.set(loop.name, "real");
      return [`rn_f ${realName(loop.name)} = ${scope.flavour.constant(loop.initial)};`];
    case "accumulate":
      return [joinedTo(realName(loop.name), loop.fn, realText(scope, loop.value), "")];
    case "store": {
      const place = elementText(scope, loop.buffer, loop.index);
      const text = realText(scope, loop.value);
      return [loop.mode === "set" ? `${place} = ${text};` : joinedTo(place, loop.mode, text, "")];
    }
    case "product":
      return productText(scope, loop);
  }
};

const within = (scope: Scope): Scope => ({ ...scope, kinds: new Map(scope.kinds) });

const joinedTo = (place: string, fn: "sum" | "max", value: string, ending: string): string =>
  fn === "sum" ? `${place} += ${value};` : `${place} = rn_max${ending}(${place}, ${value});`;

const forText = (scope: Scope, loop: For): ReadonlyArray<string> => {
  const i = integerName(loop.variable);
  const body = inside(scope, loop.variable);
  const lines = loopsText(body, loop.body);
  const turn = [...constantsText(body), ...lines];
  const packed = (scope.packing.before.get(loop) ?? []).flatMap((product) => packText(scope, product));
  const count = countText(scope, loop.extent);
  if (loop.descending) return [...packed, `for (rn_i ${i} = (rn_i)${count} - 1; ${i} >= 0; ${i}--) {`, ...turn, "}"];
  const isVector = scope.choices.isVectorisable(loop) && isLongEnough(loop.extent);
  if (!isVector) return [...packed, `for (rn_i ${i} = 0; ${i} < ${count}; ${i}++) {`, ...turn, "}"];
  const whole = vectorLoopText(scope, loop, i, count);
  const rest = [`for (; ${i} < ${count}; ${i}++) {`, ...turn, "}"];
  const known = fixedCount(loop.extent);
  return [
    ...packed,
    "{",
    `rn_i ${i} = 0;`,
    ...(known === undefined
      ? inTwo(whole, rest)
      : isWorthAPart(loop)
        ? inOne(known, whole, partText(scope, loop, known), rest)
        : inFew(known, whole, rest)),
    "}",
  ];
};

/** Vectors as far as they go, then the turns that fill none. */
const inTwo = (whole: ReadonlyArray<string>, rest: ReadonlyArray<string>): ReadonlyArray<string> => [
  "#if RN_LANES > 1",
  ...whole,
  "#endif",
  ...rest,
];

/** The widest vectors that any machine has. */
const widest = 16;

/**
 * Of a known number of turns what no machine has is left out. Where all vectors are full, single numbers are vectors of
 * one: a loop for turns that are left would be one without any, of which GCC warns.
 */
const inFew = (count: number, whole: ReadonlyArray<string>, rest: ReadonlyArray<string>): ReadonlyArray<string> =>
  count % widest === 0
    ? whole
    : [
        `#if RN_LANES > 1 && RN_LANES <= ${count}`,
        ...whole,
        "#endif",
        `#if RN_LANES == 1 || ${count} % RN_LANES != 0`,
        ...rest,
        "#endif",
      ];

const fixedCount = (extent: Count): number | undefined =>
  extent.tag === "size" && extent.size.dims.length === 0 ? extent.size.factor : undefined;

/** Whether turns that fill no vector are many operations each, which are as well done for all of them at once. */
const isWorthAPart = ({ extent, body }: For): boolean =>
  (fixedCount(extent) ?? 0) % widest !== 0 &&
  body.every(({ tag }) => tag === "let" || tag === "store") &&
  body.some((inner) => (inner.tag === "let" || inner.tag === "store") && callsElementary(inner.value));

const callsElementary = (scalar: Scalar): boolean =>
  (scalar.tag === "call" && (elementaryNames as ReadonlyArray<string>).includes(scalar.fn)) ||
  operandsOf(scalar).some(callsElementary);

/** A known number of turns in vectors, the last of which need not be full. */
const inOne = (
  count: number,
  whole: ReadonlyArray<string>,
  part: ReadonlyArray<string>,
  rest: ReadonlyArray<string>,
): ReadonlyArray<string> => [
  `#if RN_LANES > 1 && RN_LANES <= ${count}`,
  ...whole,
  "#endif",
  "#if RN_LANES == 1",
  ...rest,
  `#elif ${count} % RN_LANES != 0`,
  ...part,
  "#endif",
];

/** The turns after the last whole vector. */
const partText = (scope: Scope, loop: For, count: number): ReadonlyArray<string> => {
  const across = { ...acrossTurns(scope, loop.variable), part: `${count} % RN_LANES` };
  const lines = loop.body.flatMap((inner) => vectorText(across, loop.variable, inner));
  return ["{", ...constantsText(across), ...lines, "}"];
};

/** Of the shortest vectors that any machine has one must be full, as far as is known. */
const isLongEnough = (extent: Count): boolean =>
  extent.tag === "length" || extent.size.dims.length > 0 || extent.size.factor >= 4;

const countText = (scope: Scope, count: Count): string =>
  count.tag === "size" ? integerText(scope.hoist.size(count.size)) : lengthText(scope, count.table, count.index);

/** As many whole vectors of turns as there are. What is accumulated is kept in vectors meanwhile. */
const vectorLoopText = (scope: Scope, loop: For, i: string, count: string): ReadonlyArray<string> => {
  const across = acrossTurns(scope, loop.variable);
  const sums = loop.body.flatMap((inner) => (inner.tag === "accumulate" ? [inner] : []));
  for (const { name } of sums) across.kinds.set(name, "vector");
  const lines = loop.body.flatMap((inner) => vectorText(across, loop.variable, inner));
  return [
    ...sums.map(
      ({ name, fn }) =>
        `rn_v ${vectorName(name)} = ${across.flavour.constant(fn === "sum" ? 0 : Number.NEGATIVE_INFINITY)};`,
    ),
    `for (; ${i} + RN_LANES <= ${count}; ${i} += RN_LANES) {`,
    ...constantsText(across),
    ...lines,
    "}",
    ...sums.flatMap(({ name, fn }) => [
      `for (int lane = 0; lane < RN_LANES; lane++) ${joinedTo(realName(name), fn, `RN_LANE(${vectorName(name)}, lane)`, "")}`,
    ]),
  ];
};

const vectorText = (scope: Scope, variable: string, loop: Loop): ReadonlyArray<string> => {
  const { kinds, flavour } = scope;
  switch (loop.tag) {
    case "let": {
      const text = realText(scope, loop.value);
      kinds.set(loop.name, "vector");
      return [`RN_V ${vectorName(loop.name)} = ${text};`];
    }
    case "letInteger": {
      const text = realText(alone(scope), loop.value);
      kinds.set(loop.name, "integer");
      return [`RN_I ${integerName(loop.name)} = rn_whole(${text});`];
    }
    case "accumulate":
      return [joinedTo(vectorName(loop.name), loop.fn, realText(scope, loop.value), flavour.ending)];
    case "store": {
      const place = placeText(scope, loop.buffer, loop.index);
      const stride = strideAlong(variable, loop.index);
      if (stride.tag !== "by") throw new CompilerFault("c", "a vector is stored at one place");
      const step = isUnit(stride.size) ? undefined : integerText(scope.hoist.size(stride.size));
      const old = vectorAt(scope, place, step);
      const text = realText(scope, loop.value);
      const stored =
        loop.mode === "set" ? text : loop.mode === "sum" ? `${old} + ${text}` : `rn_max_v(${old}, ${text})`;
      return [vectorTo(scope, place, stored, step)];
    }
    case "for":
    case "if":
    case "accumulator":
    case "product":
      throw new CompilerFault("c", `${loop.tag} in the loop of a vector`);
  }
};
