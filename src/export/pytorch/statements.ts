import type { NodeId } from "../../circuit/circuit.ts";
import { newCalled } from "./called.ts";
import { type Statement, withCells } from "./cells.ts";
import { isPadded } from "./dims.ts";
import { formsOf } from "./forms.ts";
import type { Locals } from "./locals.ts";
import { homesOf, type Loop, type Path, type Step, withoutOpen } from "./loops.ts";
import type { Plan } from "./plan.ts";
import type { Setting } from "./setting.ts";
import { indented } from "./text.ts";
import type { Values } from "./values.ts";

/** The lines of steps that stand in no loop; what comes first must be printed first. */
export const newStatements = (
  plan: Plan,
  setting: Setting,
  locals: Locals,
  values: Values,
): ((steps: ReadonlyArray<Step>) => ReadonlyArray<string>) => {
  const { node, homes, dims, kinds } = plan;
  const { from: kept, whole: wholes } = plan.kept;
  const { size, turn } = locals;
  const { names, inlined, running, nameAt, expressionOf, masked, scribe } = values;
  const { isForm, isInline } = formsOf(plan, setting);
  const wantedName = newCalled(plan, setting, scribe);
  const statementOf = (step: Step, path: Path): Statement =>
    step.tag === "loop" ? { lines: loopLines(step, path) } : nodeStatement(step.id, path);
  const bases = new Map<string, string>();
  const inCells = (statements: ReadonlyArray<Statement>, path: Path): ReadonlyArray<string> =>
    withCells(
      statements,
      {
        baseOf: (name) => bases.get(name) ?? (locals.isLocal(name) ? name : undefined),
        turns: path.map(({ axis }) => turn(axis)),
      },
      (cell) => setting.cells.find((each) => each.path === cell)!.text,
      setting.keep,
    );

  const nodeStatement = (id: NodeId, path: Path): Statement => {
    if (!names.has(id)) {
      if (isInline(id, path) && isPutWhereRead(id, path)) return { lines: [] };
      names.set(
        id,
        setting.names.freshIn(
          wantedName(id),
          path.map(({ axis }) => turn(axis)),
        ),
      );
    }
    const value = expressionOf(id, path);
    const name = nameAt(id, path.length);
    const comment = setting.comment(id);
    const plain = value.isNumber === true ? `${kinds[id] === "whole" ? "whole" : "number"}(${value.text})` : value.text;
    const text = masked(id, path, plain);
    const last = path.at(-1);
    const after =
      kept.has(id) && last !== undefined ? [`${nameAt(id, path.length - 1)}[${turn(last.axis)}] = ${name}`] : [];
    bases.set(name, names.get(id)!);
    return {
      lines: [...(comment === undefined ? [] : [`# ${comment}`]), `${name} = ${text}`, ...after],
      made: { name, base: names.get(id)!, comment, text, after, isResult: wholes.has(id), cell: cellOf(id, text) },
    };
  };
  /** A delay is given to a cell; what is made of its parameters, or is named in it, is its own. */
  const cellOf = (id: NodeId, text: string): string | undefined => {
    const { op, name } = node(id);
    if (op.tag === "delay" || op.tag === "input") return undefined;
    const isOf = ({ path, text: own }: { readonly path: string; readonly text: string }): boolean =>
      name === path || name?.startsWith(`${path}.`) === true || text.includes(`${own}.`);
    const found = setting.cells.find(isOf);
    // What has parameters of others too stands outside.
    return found === undefined || text.replaceAll(`${found.text}.`, "").includes("self.") ? undefined : found.path;
  };
  /** Leaves, and what is read in other forms, are written anew by each reader; the rest is written once, if it is short. */
  const isPutWhereRead = (id: NodeId, path: Path): boolean => {
    if (isForm(id) || ["constant", "parameter", "index", "length"].includes(node(id).op.tag)) return true;
    const value = expressionOf(id, path);
    if (value.text.length > longestInline) return false;
    inlined.set(id, value);
    return true;
  };

  const loopLines = ({ loop, body }: Extract<Step, { tag: "loop" }>, path: Path): ReadonlyArray<string> => {
    const inner = [...path, loop];
    const variable = turn(loop.axis);
    const members = [...homesOf(body, inner).keys()].filter((id) => (kept.get(id) ?? inner.length) < inner.length);
    running.add(loop);
    // The lists have their names before the first turn reads them.
    for (const id of members) {
      const all = homes.get(id)!;
      names.set(
        id,
        names.get(id) ??
          setting.names.freshIn(
            wantedName(id),
            all.map(({ axis }) => turn(axis)),
          ),
      );
    }
    const lines = inCells(
      body.map((step) => statementOf(step, inner)),
      inner,
    );
    running.delete(loop);
    const listed = members.filter((id) => kept.get(id)! <= path.length);
    const range = loop.isDescending ? `reversed(range(${size(loop.axis)}))` : `range(${size(loop.axis)})`;
    return [
      ...listed.map((id) => `${nameAt(id, path.length)} = [None] * ${size(loop.axis)}`),
      `for ${variable} in ${range}:`,
      ...indented(lines),
      ...listed.flatMap((id) => {
        const name = nameAt(id, path.length);
        const isRead = wholes.has(id) || kept.get(id)! < path.length;
        return isRead ? [`${name} = ${stackText(id, loop, path, name)}`] : [];
      }),
      ...leftOver(listed, loop, path),
    ];
  };
  const leftOver = (listed: ReadonlyArray<NodeId>, _: Loop, path: Path): ReadonlyArray<string> =>
    path.length === 0
      ? []
      : listed.flatMap((id) =>
          kept.get(id)! < path.length
            ? [`${nameAt(id, path.length - 1)}[${turn(path.at(-1)!.axis)}] = ${nameAt(id, path.length)}`]
            : [],
        );
  const stackText = (id: NodeId, loop: Loop, path: Path, name: string): string => {
    const left = withoutOpen(path, dims[id]!);
    const place = left.findIndex(({ key }) => key === loop.axis.key);
    const stack = `torch.stack(${[name, ...(place === 0 ? [] : [String(place)])].join(", ")})`;
    if (!isPadded(loop.axis)) return stack;
    const shape = left.map((axis) => (axis.key === loop.axis.key ? "0" : size(axis))).join(", ");
    return `${stack} if ${name} else ${kinds[id] === "whole" ? `whole(0).expand(${shape})` : `full(0, ${shape})`}`;
  };
  return (given) => {
    const statements = given.map((step) => statementOf(step, []));
    return setting.isStep ? inCells(statements, []) : statements.flatMap(({ lines }) => lines);
  };
};

/** What is longer has a line of its own. */
const longestInline = 80;
