/*
 * The most that the widest vectors of a machine do: multiplies and adds in registers, enough of them in flight that none
 * waits for another.
 */
#include <string.h>

#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
#define CHAINS 12

typedef float v __attribute__((vector_size(BYTES)));

int peak_flops(int turns) { return 2 * (int)(BYTES / sizeof(float)) * CHAINS * turns; }

void peak_run(float *out, int turns) {
  v sums[CHAINS], factor;
  memcpy(&factor, out, sizeof factor);
  for (int j = 0; j < CHAINS; j++) sums[j] = factor;
  for (int i = 0; i < turns; i++)
#pragma GCC unroll 12
    for (int j = 0; j < CHAINS; j++) sums[j] = sums[j] * factor + factor;
  for (int j = 1; j < CHAINS; j++) sums[0] += sums[j];
  memcpy(out, &sums[0], sizeof sums[0]);
}
