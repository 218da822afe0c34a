/*
 * An LSTM of 24 units on one stream with a linear output, as one would write it by hand for this size: gates padded to 32
 * units, two vectors of 16; the weights by column, so that every product is a vector times one number; sums in two chains.
 */
#include <string.h>

#define UNITS 24
#define PADDED 32

typedef float v __attribute__((vector_size(64)));
typedef int m __attribute__((vector_size(64)));

static inline v load(const float *p) { v x; memcpy(&x, p, sizeof x); return x; }
static inline void store(float *p, v x) { memcpy(p, &x, sizeof x); }
static inline v all(float x) { return x - (v){0}; }

/* exp(x) to a few units in the last place, for |x| < 87 (Cody and Waite's reduction, a polynomial of degree 6). */
static inline v exponential(v x) {
  const v shift = all(12582912.0f), n = x * 1.44269504f + shift, k = n - shift;
  const v r = x - k * 0.693359375f + k * 2.12194440e-4f;
  v p = r * 1.3888889e-3f + 8.3333333e-3f;
  p = p * r + 4.1666668e-2f;
  p = p * r + 1.6666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  return (v)((m)p + (((m)n - (m)shift) << 23));
}

static inline v bounded(v x) {
  const v most = all(40.0f);
  const m high = x > most, low = x < -most;
  return (v)(((m)most & high) | ((m)-most & low) | ((m)x & ~(high | low)));
}
static inline v sigmoid(v x) { return 1.0f / (1.0f + exponential(-bounded(x))); }
static inline v hyperbolic(v x) { return 2.0f / (1.0f + exponential(-2.0f * bounded(x))) - 1.0f; }

/* U: [unit before][gate][unit], gates i, f, g, o; W, b: [gate][unit]; V: [unit]; all padded with zeros. */
typedef struct {
  float U[UNITS][4][PADDED], W[4][PADDED], b[4][PADDED], V[PADDED], c;
  float h[PADDED], cell[PADDED];
} lstm;

void lstm_process(lstm *s, const float *x, float *y, int n) {
  for (int t = 0; t < n; t++) {
    v sums[2][8];
    const v in = all(x[t]);
#pragma GCC unroll 8
    for (int j = 0; j < 8; j++) {
      sums[0][j] = load(s->b[j / 2] + j % 2 * 16) + in * load(s->W[j / 2] + j % 2 * 16);
      sums[1][j] = all(0);
    }
    for (int k = 0; k < UNITS; k += 2) {
      const v first = all(s->h[k]), second = all(s->h[k + 1]);
#pragma GCC unroll 8
      for (int j = 0; j < 8; j++) {
        sums[0][j] += first * load(s->U[k][j / 2] + j % 2 * 16);
        sums[1][j] += second * load(s->U[k + 1][j / 2] + j % 2 * 16);
      }
    }
    v total = all(0);
#pragma GCC unroll 2
    for (int half = 0; half < 2; half++) {
      const v i = sigmoid(sums[0][half] + sums[1][half]), f = sigmoid(sums[0][2 + half] + sums[1][2 + half]);
      const v g = hyperbolic(sums[0][4 + half] + sums[1][4 + half]), o = sigmoid(sums[0][6 + half] + sums[1][6 + half]);
      const v cell = f * load(s->cell + half * 16) + i * g, h = o * hyperbolic(cell);
      store(s->cell + half * 16, cell);
      store(s->h + half * 16, h);
      total += h * load(s->V + half * 16);
    }
    float sum = s->c;
    for (int j = 0; j < 16; j++) sum += total[j];
    y[t] = sum;
  }
}
