/* Random numbers as a module draws them, with the functions that it draws by, in double precision. */
RN_FN double rn_portable_exp(double x) {
  static const double factorials[] = {1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800.0};
  if (!(x > -745)) return x != x ? x : 0;
  if (x > 709.78) return (double)rn_infinity();
  const double scaled = x * 1.4426950408889634;
  const int whole = (int)scaled;
  const int k = scaled - whole >= 0.5 ? whole + 1 : scaled - whole < -0.5 ? whole - 1 : whole;
  const double r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  double series = 0;
  for (int n = 13; n >= 0; n--) series = series * r + 1 / factorials[n];
  const int half = k < 0 ? -((1 - k) / 2) : k / 2;
  const uint64_t one = (uint64_t)(half + 1023) << 52, other = (uint64_t)(k - half + 1023) << 52;
  double a, b;
  memcpy(&a, &one, sizeof a);
  memcpy(&b, &other, sizeof b);
  return series * a * b;
}
RN_FN double rn_portable_log(double x) {
  if (!(x > 0)) return x == 0 ? -(double)rn_infinity() : (double)rn_nan();
  if (x == (double)rn_infinity()) return x;
  int k = 0;
  double m = x, series = 0;
  for (; m >= 1.4142135623730951; k++) m /= 2;
  for (; m < 0.7071067811865476; k--) m *= 2;
  const double s = (m - 1) / (m + 1);
  for (int n = 23; n >= 1; n -= 2) series = series * s * s + 1.0 / n;
  return k * 0.6931471803691238 + (2 * s * series + k * 1.9082149292705877e-10);
}
/* Newton's iteration from the estimate that a number's bits give. */
RN_FN double rn_portable_sqrt(double x) {
  if (!(x > 0)) return 0;
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (bits >> 1) + (UINT64_C(0x3ff0000000000000) >> 1);
  double y;
  memcpy(&y, &bits, sizeof y);
  for (int i = 0; i < 6; i++) y = 0.5 * (y + x / y);
  return y;
}

RN_FN uint32_t rn_scrambled(uint32_t word) {
  const uint32_t x = (word ^ (word >> 16)) * UINT32_C(0x85ebca6b);
  const uint32_t y = (x ^ (x >> 13)) * UINT32_C(0xc2b2ae35);
  return y ^ (y >> 16);
}
/* A stream of its own for each seed and name, which is given by its code points. */
RN_FN void rn_seeded(uint32_t *words, uint64_t seed, const uint32_t *name, int letters) {
  uint32_t hash = rn_scrambled(UINT32_C(0x9e3779b9) ^ (uint32_t)seed);
  hash = rn_scrambled(hash ^ (uint32_t)(seed >> 32));
  for (int i = 0; i < letters; i++) hash = rn_scrambled(hash ^ name[i]);
  for (int i = 0; i < 4; i++) {
    hash += UINT32_C(0x9e3779b9);
    words[i] = rn_scrambled(hash);
  }
  words[3] |= 1;
}
RN_FN uint32_t rn_rotated(uint32_t word, int by) { return (word << by) | (word >> (32 - by)); }
RN_FN uint32_t rn_word(uint32_t *w) {
  const uint32_t result = rn_rotated(w[1] * 5, 7) * 9, shifted = w[1] << 9;
  w[2] ^= w[0];
  w[3] ^= w[1];
  w[1] ^= w[2];
  w[0] ^= w[3];
  w[2] ^= shifted;
  w[3] = rn_rotated(w[3], 11);
  return result;
}
RN_FN double rn_uniform(uint32_t *w) {
  const double high = rn_word(w) >> 5;
  return (high * 67108864 + (double)(rn_word(w) >> 6)) / 9007199254740992.0;
}
RN_FN double rn_normal(uint32_t *w) {
  for (;;) {
    const double x = 2 * rn_uniform(w) - 1, y = 2 * rn_uniform(w) - 1, square = x * x + y * y;
    if (square > 0 && square < 1) return x * rn_portable_sqrt(-2 * rn_portable_log(square) / square);
  }
}

/* How parameters begin: so many numbers, or a matrix of so many rows and columns. */
RN_FN void rn_begin_uniform(rn_f *to, rn_i count, double low, double high, uint32_t *w) {
  for (rn_i i = 0; i < count; i++) to[i] = (rn_f)(low + (high - low) * rn_uniform(w));
}
RN_FN void rn_begin_within(rn_f *to, rn_i count, double limit, uint32_t *w) {
  for (rn_i i = 0; i < count; i++) to[i] = (rn_f)(limit * (2 * rn_uniform(w) - 1));
}
RN_FN void rn_begin_normal(rn_f *to, rn_i count, double mean, double deviation, uint32_t *w) {
  for (rn_i i = 0; i < count; i++) to[i] = (rn_f)(mean + deviation * rn_normal(w));
}
RN_FN void rn_begin_identity(rn_f *to, rn_i count, rn_i columns) {
  for (rn_i i = 0; i < count; i++) to[i] = i / columns == i % columns;
}
/* Rows, or columns if they are fewer, are made orthogonal one after another, each twice, where they stand. */
RN_FN void rn_begin_orthogonal(rn_f *to, rn_i rows, rn_i columns, uint32_t *w) {
  const int wide = rows <= columns;
  const rn_i count = wide ? rows : columns, size = wide ? columns : rows;
  const rn_i from = wide ? columns : 1, step = wide ? 1 : columns;
  for (rn_i done = 0; done < count;) {
    rn_f *const own = to + done * from;
    double square = 0;
    for (rn_i i = 0; i < size; i++) own[i * step] = (rn_f)rn_normal(w);
    for (int time = 0; time < 2; time++)
      for (rn_i other = 0; other < done; other++) {
        double along = 0;
        for (rn_i i = 0; i < size; i++) along += (double)own[i * step] * (double)to[other * from + i * step];
        for (rn_i i = 0; i < size; i++)
          own[i * step] = (rn_f)((double)own[i * step] - along * (double)to[other * from + i * step]);
      }
    for (rn_i i = 0; i < size; i++) square += (double)own[i * step] * (double)own[i * step];
    const double norm = rn_portable_sqrt(square);
    if (norm > 1e-8) {
      for (rn_i i = 0; i < size; i++) own[i * step] = (rn_f)((double)own[i * step] / norm);
      done++;
    }
  }
}
