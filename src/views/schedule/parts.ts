import type { NodeId } from "../../circuit/circuit.ts";
import { extentOf, fixed } from "../../loops/size.ts";
import type { Loops } from "../../schedule/order/nest.ts";
import type { Scheduled } from "../../schedule/schedule.ts";
import type { Statement, StatementId } from "../../schedule/statements/statement.ts";
import { type Polynomial, scaled, sum } from "../polynomial.ts";
import { axisText } from "./buffers.ts";
import { foldedOf } from "./folded.ts";
import { formulaOf } from "./formula.ts";
import { type Enclosing, hoistedOf, productOf, scansAround } from "./places.ts";
import type { Part, Step, StepKind, Work } from "./view.ts";
import { totalWork, workOf } from "./work.ts";

/** Scans, maps and single steps in the order of their execution. */
export const partsOf = (done: Scheduled): ReadonlyArray<Part> => {
  const context: Context = { done, enclosing: scansAround(done.loops), folded: foldedOf(done) };
  const visit = (item: Loops): ReadonlyArray<Part> => {
    switch (item.tag) {
      case "scan": {
        const parts = item.body.flatMap(visit);
        const work = totalWork(parts.map((part) => part.work));
        const turns = extentOf(done.program.lengths)(item.axis);
        return [{ tag: "scan", axis: item.axis.key, descending: item.descending, turns, parts, work }];
      }
      case "nest": {
        const steps = item.groups
          .flatMap(({ members }) => members)
          .filter((statement) => isStep(context, statement))
          .map((statement) => stepOf(context, statement));
        if (steps.length === 0) return [];
        const work = totalWork(steps.map((step) => step.work));
        return [{ tag: "map", over: item.outer.map(axisText), steps, work }];
      }
      case "alone": {
        const step = stepOf(context, item.statement);
        return [{ tag: "alone", step, work: step.work }];
      }
    }
  };
  return done.loops.flatMap(visit);
};

/** Each part counts once, and those of a scan once for each of its turns. */
export const spanOf = (parts: ReadonlyArray<Part>): Polynomial =>
  sum(...parts.map((part) => (part.tag === "scan" ? scaled(spanOf(part.parts), part.turns) : [fixed(1)])));

interface Context {
  readonly done: Scheduled;
  readonly enclosing: Enclosing;
  readonly folded: ReadonlySet<StatementId>;
}

/** A result whose value stands already where it is expected is no step. */
const isStep = ({ done: { storage }, folded }: Context, { tag, id }: Statement): boolean =>
  tag === "result" ? storage.resultPlaceOf(id) !== undefined : !folded.has(id);

const stepOf = (context: Context, statement: Statement): Step => {
  const { done, enclosing, folded } = context;
  const { classified, storage } = done;
  const { circuit, statements } = classified;
  const isNamed = (id: NodeId): boolean => statements.has(id) && !folded.has(id);
  const place =
    statement.tag === "result"
      ? storage.resultPlaceOf(statement.id)
      : storage.placeOf(statement.tag === "boundary" ? statement.pad.source : statement.node);
  return {
    kind: kindOf(statement),
    formula: formulaOf({ circuit, isNamed }, statement),
    over: statement.axes.map(axisText),
    kept: place?.strides.map(({ axis }) => axisText(axis)),
    ...(statement.tag === "product" ? { product: productOf(done, enclosing, statement) } : {}),
    hoisted: hoistedOf(done, enclosing, statement),
    isTurnByTurn: done.program.blocks.some(({ joined = [] }) => joined.includes(statement.id)),
    isRecomputed: "node" in statement && done.isComputedAgain(statement.node),
    work: wholeWork(context, statement),
  };
};

/** With that of the statements that are shown as its parts. */
const wholeWork = (context: Context, statement: Statement): Work => {
  const { done, folded } = context;
  const { classified, uses, program } = done;
  const parts = uses.dependencesOf(statement.id).filter(({ on }) => folded.has(on));
  return totalWork([
    workOf(classified, statement, extentOf(program.lengths)),
    ...parts.map(({ on }) => wholeWork(context, uses.statementOf(on))),
  ]);
};

const kindOf = (statement: Statement): StepKind => {
  switch (statement.tag) {
    case "point":
      return "map";
    case "reduction":
      return statement.fn === "sum" ? "sum" : "maximum";
    case "lookup":
    case "scatter":
    case "product":
    case "concat":
    case "boundary":
    case "result":
      return statement.tag;
  }
};
