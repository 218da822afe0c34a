import { type Fault, faultsOf } from "./fault.ts";

const mixing = faultsOf("elaborate/circuit/term.ts");
const reading = faultsOf("elaborate/gates/read.ts");
const families = faultsOf("elaborate/instantiate/read.ts");
const members = faultsOf("elaborate/assembly.ts");
const cells = faultsOf("elaborate/instantiate/cell.ts");

/** Mistakes with masks and episodes of applied cells. */
export const gateFaults: ReadonlyArray<Fault> = [
  mixing("a mask keeps all of the last value", 'b.map("sub", b.constant(1), mask)', "b.constant(1)"),
  mixing("a new value that is no number is not kept out", 'b.map("times", mask, build', 'b.map("mul", mask, build'),
  reading("an episode begins where it does not", "then: boundary, else: last", "then: last, else: boundary"),
  reading(
    "within a step the cell reads what is kept",
    "path: states.get(here.variable.path)!.fresh",
    "path: states.get(here.variable.path)!.kept",
  ),
  reading("a result that is a state is given before it is kept", "if (isNameOfState(gated, reader)) return read;", ""),
  reading("a sum over the axis reads new values", "!hasAxis(bound, axis)", "bound.length >= 0"),
  cells(
    "a mask's axes do not ride along",
    "const riding = distinctAxes([...ridingAxes(cell, terms, letters), ...masked]);",
    "const riding = distinctAxes(ridingAxes(cell, terms, letters));",
  ),
  families(
    "an axis that counts members does not say which",
    'indices.with(slot, { tag: "number", value,',
    'indices.with(slot, { tag: "number", value: index.by + size,',
  ),
  members(
    "a parameter of an instance is read without a slope",
    "return termOf(header);",
    'return { tag: "call", fn: "stop", operands: [termOf(header)], span };',
  ),
];
