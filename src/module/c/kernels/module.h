/*
 * What the functions of a module do around its programs. Sizes that are too large for this machine stay at RN_MOST, where
 * every function refuses them.
 */
#define RN_MOST ((rn_i)(PTRDIFF_MAX / 16))
/* A field of a struct and its place in the arena. */
#define RN_PUT(place, field) memcpy(place, &(field), sizeof(field))
#define RN_GET(field, place) memcpy(&(field), place, sizeof(field))
#define RN_TRY(call) \
  do { \
    const int wrong = (call); \
    if (wrong != 0) return wrong; \
  } while (0)

RN_FN rn_i rn_add(rn_i a, rn_i b) { return a < RN_MOST - b ? a + b : RN_MOST; }
RN_FN rn_i rn_mul(rn_i a, rn_i b) { return b == 0 || a < RN_MOST / b ? a * b : RN_MOST; }
RN_FN rn_i rn_most(rn_i a, rn_i b) { return a > b ? a : b; }
/* Columns of panels that are so wide: all but the last are full. */
RN_FN rn_i rn_panels(rn_i columns, rn_i width) { return rn_mul(rn_add(columns, width - 1) / width, width); }
/* Puts a stretch into the arena, with so many numbers before and after its start; the next one begins at a multiple of four. */
RN_FN rn_i rn_home(rn_i *start, rn_i at, rn_i before, rn_i after) {
  *start = rn_add(at, before);
  return rn_add(at, rn_add(rn_add(before, after), 3) / 4 * 4);
}
#define RN_HOME(i, before, after) at = rn_home(o + i, at, before, after)
/* Bytes of an arena with tables of lengths after it; more than there are where that is too much. */
RN_FN size_t rn_bytes(rn_i numbers, rn_i lengths) {
  if (numbers >= RN_MOST || lengths >= RN_MOST) return SIZE_MAX;
  return (size_t)numbers * sizeof(rn_f) + (size_t)lengths * sizeof(int32_t);
}
RN_FN int rn_is_aligned(const void *memory) { return (uintptr_t)memory % 8 == 0; }

RN_FN void rn_copy(rn_f *to, const rn_f *from, rn_i count) {
  if (count > 0) memcpy(to, from, (size_t)count * sizeof(rn_f));
}
RN_FN void rn_fill(rn_f *to, rn_f value, rn_i count) {
  for (rn_i i = 0; i < count; i++) to[i] = value;
}
/*
 * Puts what each row begins with, or one of them if it is not negative, where `inner` numbers of each stand together, `outer`
 * times; what is the same for all stands there once.
 */
RN_FN void rn_begin(rn_f *to, const rn_f *from, rn_i outer, rn_i rows, rn_i inner, int is_each, rn_i which) {
  for (rn_i i = 0; i < outer; i++)
    for (rn_i b = which < 0 ? 0 : which; b < rows && (which < 0 || b == which); b++)
      rn_copy(to + (i * rows + b) * inner, from + (is_each ? i * rows + b : i) * inner, inner);
}
/* Each length is from 0 to the greatest. */
RN_FN int rn_are_lengths(const int32_t *lengths, rn_i count, rn_i most) {
  for (rn_i i = 0; i < count; i++)
    if (lengths[i] < 0 || lengths[i] > most) return 0;
  return 1;
}
RN_FN int rn_are_symbols(const rn_f *values, rn_i count, rn_f symbols) {
  for (rn_i i = 0; i < count; i++)
    if (!(values[i] >= 0 && values[i] < symbols && (rn_f)rn_whole(values[i]) == values[i])) return 0;
  return 1;
}
/* A number of half precision from -1 to 1. */
RN_FN rn_f rn_of_half(uint16_t bits) {
  const int exponent = bits >> 10 & 31, rest = bits & 1023;
  const rn_f size = exponent == 0 ? (rn_f)rest / 16777216 : (rn_f)(1024 + rest) / (rn_f)((int32_t)1 << (25 - exponent));
  return bits & 0x8000 ? -size : size;
}
