import { type Fault, faultsOf } from "./fault.ts";

const places = faultsOf("transform/blocks/places.ts");
const states = faultsOf("transform/blocks/state.ts");
const readings = faultsOf("transform/blocks/readings.ts");
const reads = faultsOf("transform/blocks/read-blocks.ts");
const space = faultsOf("runtime/frame.js");

/** Mistakes in taking recurrences in blocks of positions. */
export const blockFaults: ReadonlyArray<Fault> = [
  places(
    "a block goes on behind the end of a sequence",
    'b.map("select", b.map("lessEqual", position, b.length(axis)), found, beyond)',
    "found",
  ),
  places("a position is looked for one place too far", 'b.map("mod", before,', 'b.map("mod", b.index(axis),'),
  states("what is written in a block decays at once", 'b.map("select", isHere, one,', 'b.map("select", isHere, decay,'),
  states(
    "a state that is read before it is written is read after",
    "(isBefore ? b.delay(place, by, boundary, value) : value)",
    '(isBefore ? b.map("add", value, b.constant(0)) : value)',
  ),
  states(
    "the state before a block decays only within it",
    'b.map("mul", shifted(kept, b.constant(1)), query)',
    "query",
  ),
  readings("a state is taken in blocks though what is read goes into it", "if (recurs(by)) return undefined;", ""),
  reads(
    "what an adjoint adds to a block is read at the end of a sequence for ever",
    "byPlace(b, own, value(), b.constant(0))",
    "byPlace(b, own, value(), value())",
  ),
  space("there is no block for the rest of a sequence", "Math.ceil(Number(", "Math.floor(Number("),
];
