import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { metrics } from "../../src/measure/metrics.ts";
import type { Observations } from "../../src/measure/observations.ts";
import { onceEach } from "../../src/measure/statistic.ts";
import type { Kind } from "../../src/measure/target.ts";

/** One example whose observations are these, with what is said of each. */
export const observed = (
  actual: ReadonlyArray<number>,
  expected: ReadonlyArray<number>,
  besides: { readonly nats?: ReadonlyArray<number>; readonly deviation?: ReadonlyArray<number> } = {},
): Observations => ({
  places: Int32Array.from(actual, (_, i) => i),
  actual: Float64Array.from(actual),
  said: {
    expected: Float64Array.from(expected),
    ...(besides.nats === undefined ? {} : { nats: Float64Array.from(besides.nats) }),
    ...(besides.deviation === undefined ? {} : { deviation: Float64Array.from(besides.deviation) }),
  },
});

/** A metric of a kind, by its name in JSON, with every example once. */
export const metricOf = (kind: Kind, key: string, all: ReadonlyArray<Observations>): number | undefined =>
  metrics[kind].find((metric) => metric.key === key)!.of(all)?.(onceEach(all.length));

/** Numbers from 0 to 1, the same for the same seed. */
export const uniforms = (seed: number): (() => number) => {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) / 2 ** 32;
};

/** Normally distributed ones (Box and Muller 1958). */
export const normals = (seed: number): (() => number) => {
  const uniform = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
};
