import { type TimeAxis, unionAxes } from "../circuit/axis.ts";
import type { Span } from "../syntax/span.ts";
import type { Problem, Report, Within } from "./problem.ts";
import type { Boundary, DeclaredType, Ending, Gate, Meaning, System, Term, Variable } from "./system.ts";

/**
 * Collects the variables of a system while cells are expanded, and the problems met. The one mutable thing of
 * elaboration's first half; what it gives is immutable.
 */
export interface Assembly {
  readonly report: Report;
  readonly problems: () => ReadonlyArray<Problem>;
  /** Declares a variable; false, and reported, if its path is taken. */
  readonly declare: (header: Header) => boolean;
  /** Declares a variable anew: an overridden boundary. */
  readonly replace: (header: Header) => void;
  readonly header: (path: string) => Header | undefined;
  /** Of all that is declared, in order. */
  readonly paths: () => ReadonlyArray<string>;
  readonly define: (path: string, meaning: Meaning) => void;
  readonly bound: (path: string, boundary: Boundary) => void;
  /** `h`, then `h.2`, `h.3`, …: a path for each cell applied in the equation of `h`. */
  readonly freshPath: (base: string) => string;
  /** Counts an application of a cell; gives how many there are. */
  readonly countApplication: () => number;
  /** Counts members of a family; gives how many there are. */
  readonly countMembers: (members: number) => number;
  /** A path that no user can write. */
  readonly hiddenPath: () => string;
  /** A rank for one more axis. */
  readonly nextRank: () => number;
  readonly addAxis: (axis: TimeAxis) => void;
  readonly addOutput: (name: string, path: string, span: Span) => void;
  readonly addMinimized: (term: Term) => void;
  readonly addEnding: (ending: Ending) => void;
  readonly addGate: (gate: Gate) => void;
  /** A reading of a parameter by its path, which is looked up in the end. */
  readonly addMember: (member: Member) => void;
  readonly finish: (name: string, span: Span) => System;
}

export interface Header {
  readonly path: string;
  readonly name: string;
  readonly origin: Variable["origin"];
  readonly axes: ReadonlyArray<TimeAxis>;
  readonly type?: DeclaredType;
  readonly within?: Within;
  readonly span: Span;
}

/** A hidden variable that stands for a parameter: of the instance around it, so its path may begin in either way. */
export interface Member {
  readonly path: string;
  readonly written: string;
  readonly prefixes: ReadonlyArray<string>;
  readonly own: string;
  /** The reading of the parameter that it turns out to be. */
  readonly termOf: (parameter: Header) => Term;
  readonly report: Report;
  readonly span: Span;
}

export const newAssembly = (): Assembly => {
  const problems: Problem[] = [];
  const headers = new Map<string, Header>();
  const meanings = new Map<string, Meaning>();
  /** By path and place. */
  const boundaries = new Map<string, Map<string, Boundary>>();
  const counts = new Map<string, number>();
  let familyMembers = 0;
  const axes: TimeAxis[] = [];
  const outputs: Array<System["outputs"][number]> = [];
  const minimized: Term[] = [];
  const endings: Ending[] = [];
  const gates: Gate[] = [];
  const members: Member[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const next = (base: string): number => {
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return count;
  };

  return {
    report,
    problems: () => [...problems],
    declare: (header) => {
      const first = headers.get(header.path);
      if (first !== undefined) report({ tag: "definedTwice", span: header.span, name: header.name, first: first.span });
      else headers.set(header.path, header);
      return first === undefined;
    },
    replace: (header) => void headers.set(header.path, header),
    header: (path) => headers.get(path),
    paths: () => [...headers.keys()],
    define: (path, meaning) => void meanings.set(path, meaning),
    // A later value for the same place wins: this is how `with` overrides.
    bound: (path, boundary) => {
      const own = boundaries.get(path) ?? new Map<string, Boundary>();
      const place = JSON.stringify(boundary.slots);
      own.delete(place);
      boundaries.set(path, own.set(place, boundary));
    },
    freshPath: (base) => {
      const count = next(base);
      return count === 1 ? base : `${base}.${count}`;
    },
    countApplication: () => next("()"),
    countMembers: (added) => {
      familyMembers += added;
      return familyMembers;
    },
    hiddenPath: () => `@${next("@")}`,
    nextRank: () => axes.length,
    addAxis: (axis) => void axes.push(axis),
    addOutput: (name, path, span) => {
      const first = outputs.find((output) => output.name === name);
      if (first === undefined) outputs.push({ name, path, span });
      // Of two equations for one variable the second was reported.
      else if (!problems.some((problem) => problem.tag === "definedTwice" && problem.span === span))
        report({ tag: "definedTwice", span, name, first: first.span, what: "outputs" });
    },
    addMinimized: (term) => void minimized.push(term),
    addEnding: (ending) => void endings.push(ending),
    addGate: (gate) => void gates.push(gate),
    addMember: (member) => void members.push(member),
    finish: (name, span) => {
      for (const member of members)
        meanings.set(member.path, { tag: "equation", value: parameterOf(member, headers, meanings) });
      const isWrong = problems.length > 0;
      const variables = new Map<string, Variable>();
      for (const [path, header] of headers) {
        const meaning = meanings.get(path);
        // Why a meaning is missing was reported, unless nothing was.
        if (meaning === undefined && !isWrong) report({ tag: "noDefinition", span: header.span, name: header.name });
        const value: Term = { tag: "wrong", span: header.span };
        const own = [...(boundaries.get(path)?.values() ?? [])];
        const { within = [] } = header;
        variables.set(path, { ...header, within, meaning: meaning ?? { tag: "equation", value }, boundaries: own });
      }
      return {
        name,
        span,
        axes: unionAxes(axes) as ReadonlyArray<TimeAxis>,
        variables,
        outputs: [...outputs],
        minimized: [...minimized],
        endings: [...endings],
        gates: [...gates],
      };
    },
  };
};

/** The parameter that a member names; among those of instances the nearest is told where there is none. */
const parameterOf = (
  { own, prefixes, written, termOf, report, span }: Member,
  headers: ReadonlyMap<string, Header>,
  meanings: ReadonlyMap<string, Meaning>,
): Term => {
  const candidates = prefixes.map((prefix) => (prefix === "" ? own : `${prefix}.${own}`));
  const path = candidates.find((candidate) => meanings.get(candidate)?.tag === "parameter");
  const header = path === undefined ? undefined : headers.get(path);
  if (header !== undefined) return termOf(header);
  const inside = (parameter: string): ReadonlyArray<string> =>
    prefixes.flatMap((prefix) => {
      if (prefix === "") return [parameter];
      return parameter.startsWith(`${prefix}.`) ? [parameter.slice(prefix.length + 1)] : [];
    });
  const known = [...meanings].flatMap(([parameter, { tag }]) => (tag === "parameter" ? inside(parameter) : []));
  report({ tag: "unknownName", span, name: written, known: known.filter((each) => each.includes(".")).map(asWritten) });
  return { tag: "wrong", span };
};

/** `z.1.2.Wf` as `z[1,2].Wf`. */
const asWritten = (path: string): string =>
  path.replaceAll(/((?:\.\d+)+)(?=\.)/g, (numbers) => `[${numbers.slice(1).replaceAll(".", ",")}]`);
