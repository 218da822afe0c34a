/**
 * A name in LaTeX's mathematics: `h.Wz` is the W_z of h, and a name of several letters stands upright. Nothing in a name
 * acts as a command.
 */
export const latexName = (name: string): string => {
  const [last = "", ...path] = name.split(".").reverse();
  const letters = wordText(last);
  return path.length === 0 ? letters : `{${letters}}^{${path.reverse().map(wordText).join(".")}}`;
};

/** Characters that TeX gives a meaning to. */
export const escapeLatex = (text: string): string =>
  text.replaceAll(/[\\{}$&#_%~^]/g, (character) => escapes[character] ?? `\\${character}`);

const escapes: Readonly<Record<string, string>> = { "\\": "\\backslash ", "~": "\\sim ", "^": "\\hat{} " };

const wordText = (text: string): string => {
  const [bare = "", primes = ""] = text.replace("*", "'").split(/('*)$/);
  const command = commands.get(bare);
  if (command !== undefined) return `${command}${primes}`;
  const escaped = escapeLatex(bare);
  return [...bare].length === 1 ? `${escaped}${primes}` : `\\mathrm{${escaped}}${primes}`;
};

const lowercaseToRho =
  "αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho";
const lowercaseFromSigma = "σsigma τtau υupsilon φphi χchi ψpsi ωomega";
const uppercase = "ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega";

/** Greek letters by sign and by name, and the signs that stand for what is no number and for vectors of ones. */
const commands: ReadonlyMap<string, string> = new Map([
  ...[lowercaseToRho, lowercaseFromSigma, uppercase]
    .flatMap((letters) => letters.split(" "))
    .flatMap((letter): ReadonlyArray<readonly [string, string]> => {
      const [sign, word] = [letter.slice(0, 1), letter.slice(1)];
      return [
        [sign, `\\${word}`],
        [word, `\\${word}`],
      ];
    }),
  ["∞", "\\infty"],
  ["-∞", "-\\infty"],
  ["ones", "\\mathbf{1}"],
]);
