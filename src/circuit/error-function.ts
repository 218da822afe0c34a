/**
 * 2/√π times the integral of e^(-t²) from 0 to x: by its series where terms of both signs take little from each other,
 * beyond by what is missing from 1, a continued fraction; of both, more terms than a double can tell.
 */
export const errorFunction = (x: number): number => {
  // A zero keeps its sign.
  if (x === 0) return x;
  return Math.abs(x) >= 1 ? Math.sign(x) * (1 - missing(Math.abs(x))) : (2 / Math.sqrt(Math.PI)) * x * series(x * x);
};

/** The sum of (-z)^n / (n! (2n + 1)), the small terms first. */
const series = (z: number): number => {
  let power = 1;
  const terms = Array.from({ length: 22 }, (_, n) => {
    if (n > 0) power *= -z / n;
    return power / (2 * n + 1);
  });
  return terms.reduceRight((sum, term) => sum + term, 0);
};

/** e^(-x²) / √π over x + (1/2) / (x + (2/2) / (x + (3/2) / …)), from the inside out (Laplace). */
const missing = (x: number): number => {
  let below = x;
  for (let n = 300; n > 0; n -= 1) below = x + n / 2 / below;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * below);
};
