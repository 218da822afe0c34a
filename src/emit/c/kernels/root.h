/* A number as an integer, towards 0; what is no number, or is too large, is 0. */
RN_INLINE rn_i rn_whole(rn_f x) { return x > (rn_f)-2147483000 && x < (rn_f)2147483000 ? (rn_i)x : 0; }

/* Square roots: by an instruction, and where none is known by Newton's iteration. No call is left for the linker. */
RN_FN rn_f rn_sqrt(rn_f x) {
#if defined(__GNUC__) && defined(__SSE2__)
  rn_f y;
#if RN_BYTES == 4
  __asm__("sqrtss %1, %0" : "=x"(y) : "x"(x));
#else
  __asm__("sqrtsd %1, %0" : "=x"(y) : "x"(x));
#endif
  return y;
#elif defined(__GNUC__) && defined(__aarch64__)
  rn_f y;
#if RN_BYTES == 4
  __asm__("fsqrt %s0, %s1" : "=w"(y) : "w"(x));
#else
  __asm__("fsqrt %d0, %d1" : "=w"(y) : "w"(x));
#endif
  return y;
#else
  if (!(x > 0) || x == rn_infinity()) return x == 0 || x > 0 ? x : rn_nan();
  double of = (double)x, scale = 1;
  for (; of < 1e-150; of *= 1.6069380442589903e60) scale *= 7.888609052210118e-31;
  for (; of > 1e150; of *= 6.223015277861142e-61) scale *= 1.2676506002282294e30;
  uint64_t bits;
  memcpy(&bits, &of, sizeof bits);
  bits = (bits >> 1) + (UINT64_C(0x3ff0000000000000) >> 1);
  double y;
  memcpy(&y, &bits, sizeof y);
  for (int i = 0; i < 5; i++) y = 0.5 * (y + of / y);
  return (rn_f)(y * scale);
#endif
}
#if RN_LANES > 1
RN_INLINE rn_v rn_sqrt_v(rn_v x) {
#if defined(__AVX512F__) && RN_BYTES == 4
  __asm__("vsqrtps %0, %0" : "+v"(x));
  return x;
#elif defined(__AVX512F__)
  __asm__("vsqrtpd %0, %0" : "+v"(x));
  return x;
#elif defined(__AVX__) && RN_BYTES == 4
  __asm__("vsqrtps %0, %0" : "+x"(x));
  return x;
#elif defined(__AVX__)
  __asm__("vsqrtpd %0, %0" : "+x"(x));
  return x;
#else
  for (int i = 0; i < RN_LANES; i++) x[i] = rn_sqrt(x[i]);
  return x;
#endif
}
#else
#define rn_sqrt_v rn_sqrt
#endif
