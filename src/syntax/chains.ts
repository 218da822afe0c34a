import { isClosing, isOpening, type Token } from "./scan.ts";

/**
 * The first operator beyond a chain of `most`, each inside an operand of the next: the tree of such an expression is deeper
 * than that, so it need not be matched, which takes longest of what is longest. Found from the tokens, in one walk. Where
 * these leave a doubt a chain is taken to end, so nothing is found in what is not as deep.
 */
export const beyondChain = (tokens: ReadonlyArray<Token>, most: number): Token | undefined => {
  const open: Level[] = [{ lengths: [], last: strength.end }];
  let before: Token | undefined;
  for (const token of tokens) {
    if (isClosing(token)) {
      if (open.length > 1) open.pop();
    } else {
      const level = open.at(-1)!;
      const operator = operatorOf(token, before, level);
      if (operator !== undefined && lengthWith(level, operator) > most) return token;
      if (isOpening(token)) open.push({ lengths: [], last: strength.end });
    }
    before = token;
  }
  return undefined;
};

/** What stands in a bracket: by strength, how many operators the chains have that may go on, and the last one. */
interface Level {
  readonly lengths: number[];
  last: number;
}

interface Operator {
  readonly strength: number;
  /** Whether it makes a chain longer; else it only ends those of what binds tighter. */
  readonly counts: boolean;
}

/** What binds tighter has a greater number. */
const strength = {
  end: 0,
  choice: 1,
  or: 2,
  and: 3,
  comparison: 4,
  sign: 5,
  scale: 6,
  joint: 7,
  power: 8,
  suffix: 9,
  prefix: 10,
} as const;

const counted = (text: string, own: number): readonly [string, Operator] => [text, { strength: own, counts: true }];
const uncounted = (text: string, own: number): readonly [string, Operator] => [text, { strength: own, counts: false }];
const end: Operator = { strength: strength.end, counts: false };

/** The words of the grammar that are no operators end all chains, as do marks that stand in no expression. */
const operators: ReadonlyMap<string, Operator> = new Map([
  ..."import from model cell axis input in until param noise let for output with minimize"
    .split(" ")
    .map((word) => uncounted(word, strength.end)),
  uncounted("if", strength.choice),
  uncounted("then", strength.choice),
  counted("else", strength.choice),
  counted("or", strength.or),
  counted("and", strength.and),
  ...["==", "!=", "<", "<=", ">", ">="].map((text) => uncounted(text, strength.comparison)),
  counted("+", strength.sign),
  counted("-", strength.sign),
  counted("*", strength.scale),
  counted("/", strength.scale),
  counted("@", strength.joint),
  counted("^", strength.power),
  counted("not", strength.prefix),
  counted("backward", strength.prefix),
]);

/** Adds an operator to the chain of its strength; the chains of what binds tighter end. */
const lengthWith = (level: Level, operator: Operator): number => {
  const length = (level.lengths[operator.strength] ?? 0) + (operator.counts ? 1 : 0);
  level.lengths.length = operator.strength;
  level.lengths[operator.strength] = operator.strength === strength.end ? 0 : length;
  level.last = operator.strength;
  return length;
};

const operatorOf = (token: Token, before: Token | undefined, level: Level): Operator | undefined => {
  const afterOperand = before !== undefined && endsOperand(before);
  const own = operators.get(token.text);
  if (own !== undefined)
    return own.strength === strength.sign && !afterOperand ? { ...own, strength: strength.prefix } : own;
  if (token.tag === "mark" && token.text !== "(" && token.text !== "[") return end;
  if (!afterOperand) return undefined;
  if (token.first) return end;
  return { strength: token.tag === "mark" ? bracketStrength(token, before, level) : strength.joint, counts: true };
};

/** Behind an exponent a bracket is a factor, unless it stands close to it; else it is a call, an index or a factor. */
const bracketStrength = (token: Token, before: Token, level: Level): number =>
  level.last === strength.power && before.end < token.start ? strength.joint : strength.suffix;

const endsOperand = (token: Token): boolean => isClosing(token) || (token.tag !== "mark" && !operators.has(token.text));
