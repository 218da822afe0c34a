/*
 * The search of the most probable sequences along a beam, as `runtime/beam.js` and `runtime/extension.js` do it. Of each of `size` sequences the
 * best `width` beginnings go on, each in a row of its own; what has ended is kept beside them. A beginning's row at
 * each step, and the row before it, tell its values.
 */
typedef struct { double log; int32_t found, row, before; } rn_beginning;
typedef struct { double log, score; int32_t steps, row; } rn_ending;
typedef struct { int32_t from; rn_f value; } rn_way;
/* A `~`: its values and its distribution have `outer` times a block for each row. What no row of a sequence has is not valid. */
typedef struct { rn_f *values; const rn_f *first; rn_i outer, block, symbols; const uint8_t *valid; int32_t until; int is_given; } rn_tilde;
/* What has rows: `outer` times `inner` numbers for each. */
typedef struct { rn_f *part; rn_i outer, inner; } rn_part;
typedef struct {
  rn_i size, width, keep, length, elements;
  double penalty;
  const int32_t *prefix;
  rn_beginning *beams, *next;
  rn_ending *best;
  double *logs;
  rn_way *ways;
  int32_t *counts, *kept, *origins, *few, *sources, *parents;
  rn_f *chosen, *told, *scratch;
} rn_search;

#define RN_CLAIM(field, type, count) \
  do { \
    if (memory != NULL) s->field = (type *)(void *)(memory + at); \
    at = rn_add(at, rn_add(rn_mul(count, (rn_i)sizeof(type)), 15) / 16 * 16); \
  } while (0)

/* Gives each part its place, if there is a memory, and tells how many bytes all need. */
RN_OUT rn_i rn_search_room(rn_search *s, char *memory, rn_i scratch) {
  const rn_i rows = rn_mul(s->size, s->width), nodes = rn_mul(rows, s->length);
  rn_i at = 0;
  RN_CLAIM(beams, rn_beginning, rows);
  RN_CLAIM(next, rn_beginning, s->width);
  RN_CLAIM(best, rn_ending, rn_mul(s->size, s->keep));
  RN_CLAIM(logs, double, 2 * s->width);
  RN_CLAIM(ways, rn_way, rn_mul(s->elements, s->width));
  RN_CLAIM(counts, int32_t, s->size);
  RN_CLAIM(kept, int32_t, s->size);
  RN_CLAIM(origins, int32_t, 2 * s->width);
  RN_CLAIM(few, int32_t, s->width);
  RN_CLAIM(sources, int32_t, s->width);
  RN_CLAIM(parents, int32_t, nodes);
  RN_CLAIM(chosen, rn_f, s->elements);
  RN_CLAIM(told, rn_f, rn_mul(nodes, s->elements));
  RN_CLAIM(scratch, rn_f, scratch);
  return at;
}
/* Of each sequence one row becomes so many; what is the same for all stands there once. */
RN_FN void rn_spread(rn_f *to, const rn_f *from, rn_i outer, const rn_search *s, rn_i inner, int is_each) {
  for (rn_i i = 0; i < outer; i++)
    for (rn_i row = 0; row < s->size * s->width; row++)
      rn_copy(to + (i * s->size * s->width + row) * inner, from + (is_each ? i * s->size + row / s->width : i) * inner, inner);
}
RN_FN void rn_search_begin(rn_search *s) {
  for (rn_i b = 0; b < s->size; b++) {
    const rn_beginning first = {0, 0, (int32_t)(b * s->width), 0};
    s->beams[b * s->width] = first;
    s->counts[b] = 1;
    s->kept[b] = 0;
  }
}
RN_FN int rn_is_searching(const rn_search *s) {
  for (rn_i b = 0; b < s->size; b++)
    if (s->counts[b] > 0) return 1;
  return 0;
}
RN_FN int rn_is_known(const rn_search *s, const rn_tilde *v, rn_i t, rn_i b) { return v->is_given && t < s->prefix[b]; }
/* Whether a value of the step is to be found, of a sequence; of any, where it is negative. */
RN_FN int rn_is_open(const rn_search *s, const rn_tilde *v, rn_i tildes, rn_i t, rn_i b) {
  if (b < 0) {
    for (rn_i each = 0; each < s->size; each++)
      if (rn_is_open(s, v, tildes, t, each)) return 1;
    return 0;
  }
  for (rn_i i = 0; i < tildes; i++)
    if (!rn_is_known(s, v + i, t, b)) return 1;
  return 0;
}
RN_FN int rn_is_valid(const rn_search *s, const rn_tilde *v, rn_i i, rn_i b) { return v->valid == NULL || v->valid[i * s->size + b]; }

/* Puts a way to go on among the best, if it is one; of equals the earlier stands first. */
RN_FN rn_i rn_insert(const rn_search *s, rn_way *ways, double *logs, rn_i count, double log, rn_i from, rn_f value) {
  const int is_full = count == s->width;
  if (is_full && log <= logs[count - 1]) return count;
  rn_i at = is_full ? count - 1 : count;
  for (; at > 0 && logs[at - 1] < log; at--) ways[at] = ways[at - 1], logs[at] = logs[at - 1];
  ways[at].from = (int32_t)from, ways[at].value = value;
  logs[at] = log;
  return is_full ? count : count + 1;
}
/* The most probable values at a cell, each a way for a beginning to go on; -1 where something is no number. */
RN_OUT rn_i rn_ways(rn_search *s, const rn_tilde *v, rn_i cell, rn_way *ways, double *logs, rn_i count, double before, rn_i from) {
  if (v->symbols == 0) {
    const double p = (double)v->first[cell];
    const int greater = p > 0.5;
    if (p != p) return -1;
    for (int i = 0; i < 2 && i < s->width; i++) {
      const int value = i ^ greater;
      const double log = rn_portable_log(value ? p : 1 - p);
      if (log > -(double)rn_infinity()) count = rn_insert(s, ways, logs, count, before + log, from, (rn_f)value);
    }
    return count;
  }
  const rn_f *const own = v->first + cell * v->symbols;
  rn_i best = 0, few = 0;
  double total = 0;
  for (rn_i i = 0; i < v->symbols; i++) {
    if (own[i] != own[i]) return -1;
    if (own[i] > own[best]) best = i;
  }
  if (!(own[best] > -rn_infinity() && own[best] < rn_infinity())) return -1;
  for (rn_i i = 0; i < v->symbols; i++) total += rn_portable_exp((double)own[i] - (double)own[best]);
  const double whole = (double)own[best] + rn_portable_log(total);
  for (rn_i i = 0; i < v->symbols; i++) {
    const int is_full = few == s->width;
    if (!(own[i] > -rn_infinity()) || (is_full && own[i] <= own[s->few[few - 1]])) continue;
    rn_i at = is_full ? few - 1 : few++;
    for (; at > 0 && own[s->few[at - 1]] < own[i]; at--) s->few[at] = s->few[at - 1];
    s->few[at] = (int32_t)i;
  }
  for (rn_i i = 0; i < few; i++)
    count = rn_insert(s, ways, logs, count, before + ((double)own[s->few[i]] - whole), from, (rn_f)s->few[i]);
  return count;
}
/* Puts in the place of each row of a sequence another one of it. All are read before any is written: two parts may be the same. */
RN_FN void rn_rearrange(rn_search *s, const rn_part *rows, rn_i count, rn_i b) {
  rn_f *to = s->scratch;
  for (int is_back = 0; is_back < 2; is_back++, to = s->scratch)
    for (rn_i part = 0; part < count; part++)
      for (rn_i i = 0; i < rows[part].outer; i++)
        for (rn_i row = 0; row < s->width; row++, to += rows[part].inner) {
          rn_f *const all = rows[part].part + i * s->size * s->width * rows[part].inner;
          if (is_back) rn_copy(all + (b * s->width + row) * rows[part].inner, to, rows[part].inner);
          else rn_copy(to, all + s->sources[row] * rows[part].inner, rows[part].inner);
        }
}
/* How the beginnings of a sequence go on by a round of `~`, the rows of their states going along. */
RN_OUT int rn_extend_one(rn_search *s, const rn_tilde *v, rn_i tildes, rn_i t, const rn_part *rows, rn_i parts, rn_i b) {
  rn_beginning *const beam = s->beams + b * s->width;
  rn_i count = s->counts[b], depth = 0, side = 0;
  for (rn_i i = 0; i < count; i++) s->logs[i] = beam[i].log, s->origins[i] = (int32_t)i;
  if (count == 0) return 0;
  for (const rn_tilde *each = v; each < v + tildes; each++)
    for (rn_i i = 0; i < each->outer && !rn_is_known(s, each, t, b); i++)
      for (rn_i k = 0; k < each->block && rn_is_valid(s, each, i, b); k++, depth++) {
        rn_way *const ways = s->ways + depth * s->width;
        const rn_i from = side;
        rn_i found = 0;
        side = s->width - side;
        for (rn_i j = 0; j < count; j++) {
          const rn_i cell = (i * s->size * s->width + beam[s->origins[from + j]].row) * each->block + k;
          found = rn_ways(s, each, cell, ways, s->logs + side, found, s->logs[from + j], j);
          if (found < 0) return -1;
        }
        for (rn_i j = 0; j < found; j++) s->origins[side + j] = s->origins[from + ways[j].from];
        count = found;
      }
  for (rn_i i = 0; i < s->width; i++) {
    const rn_i row = b * s->width + i;
    s->sources[i] = count == 0 ? (int32_t)row : beam[s->origins[side + (i < count ? i : 0)]].row;
    if (i >= count) continue;
    s->next[i] = beam[s->origins[side + i]];
    s->next[i].log = s->logs[side + i];
    s->next[i].row = (int32_t)row;
  }
  rn_rearrange(s, rows, parts, b);
  s->counts[b] = (int32_t)count;
  for (rn_i row = 0; row < count; row++) {
    beam[row] = s->next[row];
    rn_i j = row, cell = 0;
    for (rn_i i = depth; i-- > 0; j = s->ways[i * s->width + j].from) s->chosen[i] = s->ways[i * s->width + j].value;
    for (const rn_tilde *each = v; each < v + tildes; each++)
      for (rn_i i = 0; i < each->outer && !rn_is_known(s, each, t, b); i++)
        for (rn_i k = 0; k < each->block && rn_is_valid(s, each, i, b); k++)
          each->values[(i * s->size * s->width + beam[row].row) * each->block + k] = s->chosen[cell++];
  }
  return 0;
}
RN_FN int rn_extend(rn_search *s, const rn_tilde *v, rn_i tildes, rn_i t, const rn_part *rows, rn_i parts) {
  for (rn_i b = 0; b < s->size; b++)
    if (rn_extend_one(s, v, tildes, t, rows, parts, b) != 0) return -1;
  return 0;
}
RN_FN double rn_score(const rn_search *s, double log, rn_i found) {
  return log / rn_portable_exp(s->penalty * rn_portable_log((5 + (double)found) / 6));
}
/* Keeps what has ended among the best of its sequence, if it is one. */
RN_FN void rn_end(rn_search *s, rn_i b, const rn_beginning *g, rn_i steps) {
  rn_ending *const best = s->best + b * s->keep;
  const rn_ending ending = {g->log, rn_score(s, g->log, g->found), (int32_t)steps, g->row};
  const int is_full = s->kept[b] == s->keep;
  if (is_full && !(best[s->keep - 1].score < ending.score)) return;
  rn_i at = is_full ? s->keep - 1 : s->kept[b]++;
  for (; at > 0 && best[at - 1].score < ending.score; at--) best[at] = best[at - 1];
  best[at] = ending;
}
/* A step is done: what it gave is told, and what has ended is kept apart. */
RN_OUT void rn_record(rn_search *s, const rn_tilde *v, rn_i tildes, rn_i t) {
  for (rn_i b = 0; b < s->size; b++) {
    rn_beginning *const beam = s->beams + b * s->width;
    const int is_open = rn_is_open(s, v, tildes, t, b);
    const rn_i count = s->counts[b];
    s->counts[b] = 0;
    for (rn_i i = 0; i < count; i++) {
      rn_beginning g = beam[i];
      const rn_i node = t * s->size * s->width + g.row;
      rn_f *to = s->told + node * s->elements;
      int has_ended = 0;
      g.found += is_open;
      s->parents[node] = g.before;
      g.before = g.row;
      for (const rn_tilde *each = v; each < v + tildes; each++)
        for (rn_i k = 0; k < each->outer; k++, to += each->block) {
          const rn_f *const own = each->values + (k * s->size * s->width + g.row) * each->block;
          if (rn_is_valid(s, each, k, b)) rn_copy(to, own, each->block);
          else rn_fill(to, 0, each->block);
          if (each->until >= 0 && *own == (rn_f)each->until) has_ended = 1;
        }
      if (has_ended) rn_end(s, b, &g, t + 1);
      else beam[s->counts[b]++] = g;
    }
    if (s->counts[b] > 0 && s->kept[b] == s->keep &&
        s->best[(b + 1) * s->keep - 1].score >= rn_score(s, beam[0].log, beam[0].found + s->length - t - 1))
      s->counts[b] = 0;
  }
}
/* What goes on at the last step ends there. */
RN_FN void rn_search_end(rn_search *s) {
  for (rn_i b = 0; b < s->size; b++)
    for (rn_i i = 0; i < s->counts[b]; i++) rn_end(s, b, s->beams + b * s->width + i, s->length);
}
/* What one of the best has at a step, of which the row is given; that of the step before takes its place. */
RN_FN const rn_f *rn_told(const rn_search *s, rn_i t, int32_t *row) {
  const rn_i node = t * s->size * s->width + *row;
  *row = s->parents[node];
  return s->told + node * s->elements;
}
