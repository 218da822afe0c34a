import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { choicesFor } from "../../src/module/programs.ts";
import type { Group, Loops } from "../../src/schedule/order/nest.ts";
import { type Scheduled, schedule, scheduled } from "../../src/schedule/schedule.ts";
import type { StatementId } from "../../src/schedule/statements/statement.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { programs } from "../programs/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { anyJavascript, sameBits, singleWasm } from "./bits.ts";
import { dataFor, type SymbolsOf, settings } from "./data.ts";

const without = new Set(["layers"]);

const groupsIn = (loops: ReadonlyArray<Loops>): ReadonlyArray<Group> =>
  loops.flatMap((item) => (item.tag === "scan" ? groupsIn(item.body) : item.tag === "nest" ? item.groups : []));

/** The elementary functions that wait for another one in the body of a loop over components. */
const waiting = ({ loops, uses }: Scheduled): ReadonlyArray<StatementId> =>
  groupsIn(loops)
    .filter(({ fused }) => fused)
    .flatMap(({ members }) => {
      const computed = new Set<StatementId>();
      return members.flatMap(({ id }) => {
        const isLater = uses.dependencesOf(id).some(({ on }) => computed.has(on));
        if (isLater || uses.isFunction(id)) computed.add(id);
        return isLater && uses.isFunction(id) ? [id] : [];
      });
    });

const circuitsOf = (made: object): ReadonlyArray<Circuit> =>
  Object.values(made).filter((circuit: Circuit | undefined) => circuit !== undefined);

test("in no loop body of an example an elementary function waits for another, as many do without layers", () => {
  const all = exampleNames.flatMap((name) => circuitsOf(compiledExample(name).circuits));
  const count = (off: ReadonlySet<string>) =>
    all.flatMap((circuit) => waiting(scheduled(circuit, choicesFor({ ...singleWasm, without: off })))).length;
  assert.equal(count(new Set()), 0);
  assert.ok(count(without) >= 20);
});

test("so it is in random programs, and every value has the same bits as without layers", () => {
  fc.assert(
    fc.property(
      programs({ smooth: false }),
      settings,
      fc.oneof(anyJavascript(), fc.constant(singleWasm)),
      ({ source }, { batch, greatest, seed }, engine) => {
        const { circuits: made, model } = compiledProgram(source);
        for (const circuit of circuitsOf(made)) assert.deepEqual(waiting(scheduled(circuit)), []);
        const symbolsOf: SymbolsOf = (input) =>
          [...model.inputs, ...model.targets].find(({ name }) => name === input)?.symbols;
        const { program } = dataFor(made.gradient!, batch, 2 * greatest, seed, symbolsOf);
        const [plain, layered] = [without, new Set<string>()].map((off) =>
          schedule(made.gradient!, choicesFor({ ...engine, without: off })),
        );
        sameBits(made.gradient!, engine, program, plain!, layered!);
      },
    ),
    runs(60),
  );
});

test("a gate that only the output reads is computed beside the tanh of the cell state, and kept in no buffer", () => {
  const { circuits: made } = compiledExample("lstm-equations.rnn");
  const { loops, storage, classified } = scheduled(made.step!);
  const nameOf = (id: StatementId) => classified.circuit.nodes[id]?.name;
  const groups = groupsIn(loops).map(({ members }) => members.map(({ id }) => nameOf(id)));
  const together = groups.find((names) => names.includes("h"));
  assert.ok(together?.includes("o"));
  assert.ok(!together?.includes("C"));
  const gate = [...classified.statements.keys()].find((id) => nameOf(id) === "o");
  assert.equal(storage.placeOf(gate!), undefined);
});
