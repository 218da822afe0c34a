/* The amplifier in C: 32-bit floats from standard input to standard output, a block at a time. */
#include <stdio.h>
#include <stdlib.h>
#include "amplifier.h"

int main(int count, char **words) {
  static Amplifier_params params;
  FILE *weights = count < 2 ? NULL : fopen(words[1], "rb");
  if (weights == NULL || fread(&params, sizeof params, 1, weights) != 1) return 1;
  const Amplifier_sizes one = {1, 0}; /* one stream */
  void *stream = malloc(Amplifier_stream_memory(one));
  if (stream == NULL || Amplifier_start(stream, &params, NULL) != Amplifier_ok) return 1;
  float x[64], y[64];
  const Amplifier_step_inputs dry = {x};
  const Amplifier_step_outputs wet = {y};
  for (size_t n; (n = fread(x, sizeof *x, 64, stdin)) > 0; fwrite(y, sizeof *y, n, stdout))
    if (Amplifier_process(stream, &dry, &wet, n) != Amplifier_ok) return 1;
  free(stream);
  return fclose(weights);
}
