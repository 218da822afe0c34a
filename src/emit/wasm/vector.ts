import { CompilerFault } from "../../fault.ts";
import type { BufferId, Index } from "../../loops/loops.ts";
import type { Size } from "../../loops/size.ts";
import { isUnit, strideAlong } from "../stride.ts";
import { type Code, float32, float64, unsigned } from "./code.ts";
import { get, int, type Local, set } from "./frame.ts";
import { lanesOf } from "./lanes.ts";
import { integerCode, type Scope } from "./scope.ts";

export const addressOf = (scope: Scope, buffer: BufferId, index: Index): Code =>
  integerCode(scope, scope.hoist.address(buffer, index, scope.operations.bytes));

/** The elements that neighbouring turns of the loop over `variable` read. */
export const loadVector = (scope: Scope, variable: string, buffer: BufferId, index: Index): Code => {
  const { operations, frame, precision } = scope;
  const { loadSplat, loadLane } = lanesOf[precision];
  const stride = strideAlong(variable, index);
  const address = addressOf(scope, buffer, index);
  if (stride.tag === "still") return loadSplat(address);
  if (stride.tag === "unknown") throw new CompilerFault("wasm", "a vector's elements stand in no row");
  if (isUnit(stride.size)) return operations.load(address);
  const at = frame.local("i32");
  return [
    set(at, address),
    eachLane(scope, at, stride.size).reduce(
      (vector, place, lane) => loadLane(place, vector, lane),
      operations.constant(0),
    ),
  ];
};

/** Writes what neighbouring turns of the loop over `variable` store. */
export const storeVector = (scope: Scope, variable: string, buffer: BufferId, index: Index, value: Code): Code => {
  const { operations, frame, precision } = scope;
  const stride = strideAlong(variable, index);
  const address = addressOf(scope, buffer, index);
  if (stride.tag !== "by") throw new CompilerFault("wasm", "a vector is stored at one place");
  if (isUnit(stride.size)) return operations.store(address, value);
  const [at, vector] = [frame.local("i32"), frame.local("v128")];
  return [
    set(vector, value),
    set(at, address),
    eachLane(scope, at, stride.size).map((place, lane) => lanesOf[precision].storeLane(place, get(vector), lane)),
  ];
};

/** An index as a number, in neighbouring turns of the loop over `variable`. */
export const indexVector = (scope: Scope, variable: string, index: Index): Code => {
  const { operations, precision } = scope;
  const stride = strideAlong(variable, index);
  const { splat, fromInteger } = lanesOf[precision];
  const first = splat(fromInteger(integerCode(scope, scope.hoist.integer(index))));
  if (stride.tag === "still") return first;
  if (stride.tag === "unknown") throw new CompilerFault("wasm", "an index that moves unevenly");
  const { factor } = stride.size;
  const write = precision === "f32" ? float32 : float64;
  const steps = Array.from({ length: operations.lanes }, (_, lane) => write(lane * factor));
  return operations.add(first, [0xfd, unsigned(12), steps]);
};

const eachLane = (scope: Scope, first: Local, stride: Size): ReadonlyArray<Code> => {
  const step = integerCode(scope, scope.hoist.size(stride, scope.operations.bytes));
  return Array.from({ length: scope.operations.lanes }, (_, lane) =>
    lane === 0 ? get(first) : int.add(get(first), lane === 1 ? step : int.mul(step, int.constant(lane))),
  );
};
