import { type Fault, faultsOf } from "./fault.ts";

const places = faultsOf("transform/blocks/places.ts");
const decays = faultsOf("transform/blocks/decays.ts");
const corrected = faultsOf("transform/blocks/corrected.ts");
const terms = faultsOf("transform/blocks/terms.ts");
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
  decays(
    "what is written in a block decays at once",
    'b.map("select", isAt(b, own.place, from), one,',
    'b.map("select", isAt(b, own.place, from), decay,',
  ),
  decays(
    "a state that is read before it is written is read after",
    "isBefore ? b.delay(place, by, b.constant(0), left) : left",
    "left",
  ),
  decays(
    "the state before a block decays only within it",
    'b.map("mul", b.rename(sum.renames, keptThen), query)',
    "query",
  ),
  decays(
    "what is asked of a position that comes later counts if it is beyond all limits",
    'b.map("select", isNothing, b.constant(0), likeness)',
    "likeness",
  ),
  terms("what is taken away of a state is added", "sign: sign > 0 ? -1 : 1 }", "sign }"),
  corrected(
    "what was corrected in a block is corrected once more by what it was before",
    'b.map("mul", weights, last)',
    'b.map("mul", weights, isAt(b, place, to))',
  ),
  readings("a state is taken in blocks though what is read goes into it", "if (recurs(by)) return undefined;", ""),
  reads(
    "what an adjoint adds to a block is read at the end of a sequence for ever",
    "byPlace(b, own, value(), b.constant(0))",
    "byPlace(b, own, value(), value())",
  ),
  space("there is no block for the rest of a sequence", "Math.ceil(Number(", "Math.floor(Number("),
];
