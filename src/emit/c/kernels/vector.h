/* The moves between numbers in memory and vectors of RN_LANES neighbours. */
#ifdef RN_WIDTH
#define RN_LANES (RN_WIDTH / RN_BYTES)
typedef rn_f rn_v __attribute__((vector_size(RN_WIDTH)));
typedef rn_b rn_m __attribute__((vector_size(RN_WIDTH)));

/* Anywhere in memory. */
typedef rn_f rn_u __attribute__((vector_size(RN_WIDTH), aligned(RN_BYTES), may_alias));

RN_INLINE rn_v rn_load(const rn_f *p) { return *(const rn_u *)p; }
RN_INLINE void rn_store(rn_f *p, rn_v v) { *(rn_u *)p = v; }

#define RN_2(f, i) f(i), f((i) + 1)
#define RN_4(f, i) RN_2(f, i), RN_2(f, (i) + 2)
#define RN_8(f, i) RN_4(f, i), RN_4(f, (i) + 4)
#define RN_16(f, i) RN_8(f, i), RN_8(f, (i) + 8)
#if RN_WIDTH / RN_BYTES == 16
#define RN_EACH(f) RN_16(f, 0)
#elif RN_WIDTH / RN_BYTES == 8
#define RN_EACH(f) RN_8(f, 0)
#elif RN_WIDTH / RN_BYTES == 4
#define RN_EACH(f) RN_4(f, 0)
#else
#define RN_EACH(f) RN_2(f, 0)
#endif

#if defined(__has_builtin) && RN_WIDTH / RN_BYTES >= 4
#if __has_builtin(__builtin_shufflevector)
#define RN_HALVES 1
typedef rn_f rn_half __attribute__((vector_size(RN_WIDTH / 2)));
#endif
#endif

/* The first n numbers, where there are no more; what the other lanes hold is of no account. */
RN_INLINE rn_v rn_load_part(const rn_f *p, rn_i n) {
  rn_v v = {0};
#ifdef RN_HALVES
  /* By way of memory a vector that was written in parts is slow to read. */
  if (n == RN_LANES / 2) {
    rn_half half, none = {0};
    memcpy(&half, p, sizeof half);
#define RN_AT(i) i
    return __builtin_shufflevector(half, none, RN_EACH(RN_AT));
#undef RN_AT
  }
#endif
  memcpy(&v, p, (size_t)n * sizeof(rn_f));
  return v;
}
RN_INLINE void rn_store_part(rn_f *p, rn_v v, rn_i n) { memcpy(p, &v, (size_t)n * sizeof(rn_f)); }

RN_INLINE rn_v rn_splat(rn_f x) {
#define RN_AT(i) x
  const rn_v v = {RN_EACH(RN_AT)};
#undef RN_AT
  return v;
}
RN_INLINE rn_m rn_splat_m(rn_b x) {
#define RN_AT(i) x
  const rn_m v = {RN_EACH(RN_AT)};
#undef RN_AT
  return v;
}
RN_INLINE rn_v rn_gather(const rn_f *p, rn_i stride) {
#define RN_AT(i) p[(i) * stride]
  const rn_v v = {RN_EACH(RN_AT)};
#undef RN_AT
  return v;
}
RN_INLINE void rn_scatter(rn_f *p, rn_i stride, rn_v v) {
  for (int i = 0; i < RN_LANES; i++) p[i * stride] = v[i];
}
RN_INLINE rn_v rn_gather_part(const rn_f *p, rn_i stride, rn_i n) {
  rn_v v = {0};
  for (rn_i i = 0; i < n; i++) v[i] = p[i * stride];
  return v;
}
RN_INLINE void rn_scatter_part(rn_f *p, rn_i stride, rn_v v, rn_i n) {
  for (rn_i i = 0; i < n; i++) p[i * stride] = v[i];
}
/* first, first + step, and so on. */
RN_INLINE rn_v rn_ramp(rn_i first, rn_i step) {
#define RN_AT(i) (rn_f)(first + (i) * step)
  const rn_v v = {RN_EACH(RN_AT)};
#undef RN_AT
  return v;
}
RN_INLINE rn_v rn_choose_v(rn_m c, rn_v a, rn_v b) { return (rn_v)(((rn_m)a & c) | ((rn_m)b & ~c)); }
RN_INLINE rn_m rn_not_v(rn_m c) { return ~c; }
#define RN_LANE(v, lane) ((v)[lane])
#else
#define RN_LANES 1
typedef rn_f rn_v;
RN_INLINE rn_v rn_load(const rn_f *p) { return *p; }
RN_INLINE rn_v rn_load_part(const rn_f *p, rn_i n) { return p[0 * n]; }
RN_INLINE void rn_store(rn_f *p, rn_v v) { *p = v; }
RN_INLINE rn_v rn_splat(rn_f x) { return x; }
typedef int rn_m;
RN_INLINE rn_v rn_gather(const rn_f *p, rn_i stride) { return p[0 * stride]; }
RN_INLINE void rn_scatter(rn_f *p, rn_i stride, rn_v v) { p[0 * stride] = v; }
RN_INLINE rn_v rn_ramp(rn_i first, rn_i step) { return (rn_f)(first + 0 * step); }
RN_INLINE rn_v rn_choose_v(rn_m c, rn_v a, rn_v b) { return c ? a : b; }
RN_INLINE rn_m rn_not_v(rn_m c) { return !c; }
#define RN_LANE(v, lane) (v)
#define rn_times_v rn_times
#define rn_min_v rn_min
#define rn_max_v rn_max
#define rn_one_if_v rn_one_if
#endif
