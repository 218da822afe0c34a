/*
 * How a value is taken from its distribution, as `runtime/choose.js` does: the temperature raises the density to the power
 * 1 / temperature, and at 0 there is but the most probable; then only the most probable values are left, so many, or those that together
 * have so much of the probability.
 */
typedef struct { double temperature, top_p; rn_i top_k; } rn_taste;
RN_FN int rn_is_taste(const rn_taste *taste) {
  return taste->temperature >= 0 && taste->temperature < (double)rn_infinity() && taste->top_p > 0 && taste->top_p <= 1 &&
    taste->top_k > 0;
}
RN_FN int rn_is_before(const double *weights, const rn_f *logs, int32_t i, int32_t j) {
  if (weights[i] < weights[j] || weights[i] > weights[j]) return weights[i] > weights[j];
  if (logs[i] < logs[j] || logs[i] > logs[j]) return logs[i] > logs[j];
  return i < j;
}
/* Lets an entry of a heap, whose root comes last, sink to its place. */
RN_FN void rn_sink(int32_t *order, rn_i at, rn_i count, const double *weights, const rn_f *logs) {
  for (rn_i child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && rn_is_before(weights, logs, order[child], order[child + 1])) child++;
    if (!rn_is_before(weights, logs, order[at], order[child])) return;
    const int32_t sunk = order[at];
    order[at] = order[child];
    order[child] = sunk;
  }
}
/* Leaves no weight to other symbols than the most probable; of equals, the first are. */
RN_OUT void rn_keep_nucleus(double *weights, const rn_f *logs, rn_i count, const rn_taste *taste, int32_t *order) {
  for (rn_i i = 0; i < count; i++) order[i] = (int32_t)i;
  for (rn_i i = count / 2; i-- > 0;) rn_sink(order, i, count, weights, logs);
  for (rn_i left = count - 1; left > 0; left--) {
    const int32_t last = order[0];
    order[0] = order[left];
    order[left] = last;
    rn_sink(order, 0, left, weights, logs);
  }
  rn_i kept = taste->top_k < count ? taste->top_k : count;
  double rest = 0;
  for (rn_i i = 0; i < kept; i++) rest += weights[order[i]];
  rest *= taste->top_p;
  for (rn_i i = 0; taste->top_p < 1 && i < kept; i++) {
    rest -= weights[order[i]];
    if (rest <= 0) kept = i + 1;
  }
  for (rn_i i = kept; i < count; i++) weights[order[i]] = 0;
}
/* A symbol by logarithms of its probabilities, with room for a weight and a place of each. What is no number gives -1. */
RN_OUT rn_i rn_draw_symbol(const rn_f *logs, rn_i count, uint32_t *w, const rn_taste *taste, double *weights, int32_t *order) {
  rn_i best = 0, last = 0;
  double total = 0;
  for (rn_i i = 0; i < count; i++) {
    if (logs[i] != logs[i]) return -1;
    if (logs[i] > logs[best]) best = i;
  }
  if (!(logs[best] > -rn_infinity() && logs[best] < rn_infinity())) return -1;
  if (!(taste->temperature > 0)) return best;
  for (rn_i i = 0; i < count; i++)
    weights[i] = rn_portable_exp(((double)logs[i] - (double)logs[best]) / taste->temperature);
  if (taste->top_k < count || taste->top_p < 1) rn_keep_nucleus(weights, logs, count, taste, order);
  for (rn_i i = 0; i < count; i++) {
    total += weights[i];
    if (weights[i] > 0) last = i;
  }
  double rest = rn_uniform(w) * total;
  for (rn_i i = 0; i < last; i++) {
    if (weights[i] > 0 && rest < weights[i]) return i;
    rest -= weights[i];
  }
  return last;
}
/* 0 or 1 by the probability of 1. */
RN_FN rn_i rn_draw_truth(rn_f probability, uint32_t *w, const rn_taste *taste) {
  const double temperature = taste->temperature;
  double p = (double)probability;
  if (p != p) return -1;
  if (!(temperature > 0)) return 0.5 < p;
  if (temperature != 1 && p > 0 && p < 1)
    p = 1 / (1 + rn_portable_exp((rn_portable_log(1 - p) - rn_portable_log(p)) / temperature));
  const double draw = rn_uniform(w), most = p > 1 - p ? p : 1 - p;
  return (taste->top_k == 1 || most >= taste->top_p ? 0.5 : draw) < p;
}
RN_FN rn_f rn_draw_number(rn_f mean, rn_f deviation, uint32_t *w, const rn_taste *taste) {
  if (!(taste->temperature > 0)) return mean;
  return (rn_f)((double)mean + (double)deviation * rn_portable_sqrt(taste->temperature) * rn_normal(w));
}
