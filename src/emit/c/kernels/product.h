/*
 * C[m,n] = (C[m,n] +) the sum over k of A[m,k] B[k,n]; every sum takes its terms in their order. B is taken in panels of
 * RN_PANEL columns, packed so that a row of one lies together; a tile of sums stands in registers.
 */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC push_options
#pragma GCC optimize("fp-contract=fast")
#endif

#if RN_LANES == 1
#define RN_VECTORS 4
#define RN_ROWS 4
#elif defined(__AVX512F__)
#define RN_VECTORS 4
#define RN_ROWS 6
#else
#define RN_VECTORS 2
#define RN_ROWS 6
#endif
#define RN_PANEL (RN_VECTORS * RN_LANES)

/*
 * How far neighbours lie apart along each axis; how many there are; whether the sums go on from what C holds, and must
 * take their terms one after the other.
 */
typedef struct {
  rn_i am, ak, bk, bn, cm, cn, m, n, k;
  int adds, ordered;
} rn_p;

RN_INLINE rn_i rn_padded(rn_i columns) { return (columns + RN_LANES - 1) / RN_LANES * RN_LANES; }

RN_INLINE void rn_tile(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p, const int rows, const int vectors) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  const rn_i am = p->am, ak = p->ak, bk = p->bk, cm = p->cm, terms = p->k;
  rn_v sums[RN_ROWS][RN_VECTORS];
  RN_UNROLL
  for (int r = 0; r < rows; r++) {
    RN_UNROLL
    for (int v = 0; v < vectors; v++) sums[r][v] = p->adds ? rn_load(c + r * cm + v * RN_LANES) : rn_splat(0);
  }
  for (rn_i k = 0; k < terms; k++) {
    rn_v right[RN_VECTORS];
    RN_UNROLL
    for (int v = 0; v < vectors; v++) right[v] = rn_load(b + k * bk + v * RN_LANES);
    RN_UNROLL
    for (int r = 0; r < rows; r++) {
      const rn_v left = rn_splat(a[r * am + k * ak]);
      RN_UNROLL
      for (int v = 0; v < vectors; v++) sums[r][v] += left * right[v];
    }
  }
  RN_UNROLL
  for (int r = 0; r < rows; r++) {
    RN_UNROLL
    for (int v = 0; v < vectors; v++) rn_store(c + r * cm + v * RN_LANES, sums[r][v]);
  }
}

#define RN_TILE(rows, vectors) \
  case (rows) * 8 + (vectors): \
    rn_tile(a, b, c, p, rows, vectors); \
    break;

RN_OUT void rn_tile_of(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p, int rows, int vectors) {
  switch (rows * 8 + vectors) {
#if RN_ROWS == 6
    RN_TILE(6, 1)
    RN_TILE(6, 2)
#if RN_VECTORS == 4
    RN_TILE(6, 3)
    RN_TILE(6, 4)
#endif
#endif
    RN_TILE(4, 1)
    RN_TILE(4, 2)
    RN_TILE(2, 1)
    RN_TILE(2, 2)
#if RN_VECTORS == 4
    RN_TILE(4, 3)
    RN_TILE(4, 4)
    RN_TILE(2, 3)
    RN_TILE(2, 4)
#endif
  }
  RN_WRITES;
}

/*
 * One row: up to eight vectors of sums at once, so that none waits for the one before it; their columns lie in panels at b,
 * each with the distance of its rows. Where there are few, and order is free, each takes every second or fourth term.
 */
#define RN_AT_ONCE 8
#define RN_ROW_PANELS (RN_AT_ONCE / RN_VECTORS)
RN_INLINE void rn_row(const rn_f *a, const rn_f *const *b, const rn_i *bk, rn_f *c, const rn_p *p, const int vectors, const int ways) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  const rn_i ak = p->ak, terms = p->k;
  rn_v sums[4][RN_AT_ONCE];
  const rn_f *at[RN_ROW_PANELS];
  RN_UNROLL
  for (int i = 0; i * RN_VECTORS < vectors; i++) at[i] = b[i];
  RN_UNROLL
  for (int v = 0; v < vectors; v++) {
    sums[0][v] = p->adds ? rn_load(c + v * RN_LANES) : rn_splat(0);
    RN_UNROLL
    for (int w = 1; w < ways; w++) sums[w][v] = rn_splat(0);
  }
  for (rn_i k = 0; k < terms;) {
    RN_UNROLL
    for (int w = 0; w < ways; w++) {
      if (w > 0 && k == terms) break;
      const rn_v left = rn_splat(a[k * ak]);
      RN_UNROLL
      for (int v = 0; v < vectors; v++) sums[w][v] += left * rn_load(at[v / RN_VECTORS] + v % RN_VECTORS * RN_LANES);
      RN_UNROLL
      for (int i = 0; i * RN_VECTORS < vectors; i++) at[i] += bk[i];
      k++;
    }
  }
  RN_UNROLL
  for (int v = 0; v < vectors; v++) {
    RN_UNROLL
    for (int w = 1; w < ways; w++) sums[0][v] += sums[w][v];
    rn_store(c + v * RN_LANES, sums[0][v]);
  }
}

#define RN_ROW(vectors, ways) \
  case vectors: \
    rn_row(a, b, bk, c, p, vectors, ways); \
    break;

RN_OUT void rn_row_of(const rn_f *a, const rn_f *const *b, const rn_i *bk, rn_f *c, const rn_p *p, int vectors) {
  if (!p->ordered && vectors <= 4) switch (vectors) {
      RN_ROW(1, 4)
      RN_ROW(2, 4)
      RN_ROW(3, 2)
      RN_ROW(4, 2)
    }
  else
    switch (vectors) {
      RN_ROW(1, 1)
      RN_ROW(2, 1)
      RN_ROW(3, 1)
      RN_ROW(4, 1)
      RN_ROW(5, 1)
      RN_ROW(6, 1)
      RN_ROW(7, 1)
      RN_ROW(8, 1)
    }
  RN_WRITES;
}

RN_INLINE void rn_any_rows(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p, rn_i rows, rn_i vectors) {
  if (rows == 1)
    rn_row_of(a, &b, &p->bk, c, p, (int)vectors);
  else
    rn_tile_of(a, b, c, p, (int)rows, (int)vectors);
}

/* Sums that do not fill vectors, or do not lie together, are kept elsewhere meanwhile. */
RN_OUT void rn_tile_aside(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p, rn_i rows) {
  rn_f aside[RN_ROWS * RN_PANEL] = {0};
  rn_p q = *p;
  if (p->adds)
    for (rn_i r = 0; r < rows; r++)
      for (rn_i j = 0; j < p->n; j++) aside[r * RN_PANEL + j] = c[r * p->cm + j * p->cn];
  q.cm = RN_PANEL;
  rn_any_rows(a, b, aside, &q, rows, rn_padded(p->n) / RN_LANES);
  for (rn_i r = 0; r < rows; r++)
    for (rn_i j = 0; j < p->n; j++) c[r * p->cm + j * p->cn] = aside[r * RN_PANEL + j];
  RN_WRITES;
}

RN_INLINE rn_i rn_rows_at_once(rn_i left) { return left >= RN_ROWS ? RN_ROWS : left >= 4 ? 4 : left >= 2 ? 2 : 1; }

RN_OUT void rn_panel(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p) {
  const int is_whole = p->cn == 1 && p->n % RN_LANES == 0;
  for (rn_i row = 0, rows; row < p->m; row += rows) {
    rows = rn_rows_at_once(p->m - row);
    if (is_whole)
      rn_any_rows(a + row * p->am, b, c + row * p->cm, p, rows, p->n / RN_LANES);
    else
      rn_tile_aside(a + row * p->am, b, c + row * p->cm, p, rows);
  }
}

RN_OUT void rn_pack_panel(rn_f *to, const rn_f *b, rn_i bk, rn_i bn, rn_i n, rn_i k) {
  const rn_i width = rn_padded(n);
  if (bn == 1) {
    for (rn_i i = 0; i < k; i++) {
      memcpy(to + i * width, b + i * bk, (size_t)n * sizeof(rn_f));
      for (rn_i j = n; j < width; j++) to[i * width + j] = 0;
    }
    return;
  }
  for (rn_i i = 0; i < k; i++)
    for (rn_i j = n; j < width; j++) to[i * width + j] = 0;
  for (rn_i first = 0; first < k; first += 16) {
    const rn_i end = first + 16 < k ? first + 16 : k;
    for (rn_i j = 0; j < n; j++)
      for (rn_i i = first; i < end; i++) to[i * width + j] = b[i * bk + j * bn];
  }
  RN_WRITES;
}

RN_OUT void rn_pack(rn_f *to, const rn_f *b, rn_i bk, rn_i bn, rn_i n, rn_i k) {
  for (rn_i j = 0; j < n; j += RN_PANEL)
    rn_pack_panel(to + j * k, b + j * bn, bk, bn, n - j < RN_PANEL ? n - j : RN_PANEL, k);
}

#if RN_LANES == 1
RN_INLINE rn_f rn_total(rn_v v) { return v; }
#else
/* The sum of the numbers of a vector: halves are added until one of 128 bits is left. */
typedef rn_f rn_16 __attribute__((vector_size(16)));
#if RN_WIDTH >= 32
typedef rn_f rn_32 __attribute__((vector_size(32)));
#endif
RN_INLINE rn_f rn_total(rn_v v) {
  rn_16 half[2];
#if RN_WIDTH == 64
  rn_32 part[2];
  memcpy(part, &v, sizeof part);
  part[0] += part[1];
  memcpy(half, part, sizeof half);
  half[0] += half[1];
#elif RN_WIDTH == 32
  memcpy(half, &v, sizeof half);
  half[0] += half[1];
#else
  half[0] = v;
#endif
#if RN_BYTES == 4
  return (half[0][0] + half[0][2]) + (half[0][1] + half[0][3]);
#else
  return half[0][0] + half[0][1];
#endif
}
#endif

/* Rows of A with columns of B, the terms of both side by side: sums stand in vectors, each of a part of the terms. */
RN_OUT void rn_along(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  const rn_i terms = p->k;
  for (rn_i row = 0; row < p->m; row++) {
    const rn_f *const x = a + row * p->am;
    for (rn_i j = 0; j < p->n; j += 4) {
      const rn_i count = p->n - j < 4 ? p->n - j : 4;
      const rn_f *y[4];
      rn_v sums[4];
      rn_f rest[4];
      RN_UNROLL
      for (int q = 0; q < 4; q++) {
        y[q] = b + (j + (q < count ? q : 0)) * p->bn;
        sums[q] = rn_splat(0);
        rest[q] = 0;
      }
      rn_i k = 0;
      for (; k + RN_LANES <= terms; k += RN_LANES) {
        const rn_v left = rn_load(x + k);
        RN_UNROLL
        for (int q = 0; q < 4; q++) sums[q] += left * rn_load(y[q] + k);
      }
      for (; k < terms; k++) {
        RN_UNROLL
        for (int q = 0; q < 4; q++) rest[q] += x[k] * y[q][k];
      }
      for (rn_i q = 0; q < count; q++) {
        rn_f *const to = c + row * p->cm + (j + q) * p->cn;
        *to = (p->adds ? *to : 0) + (rn_total(sums[q]) + rest[q]);
      }
    }
  }
  RN_WRITES;
}

/* A few sums, term by term, for which nothing is packed; the first of vectors, so that they are rounded as others are. */
RN_OUT void rn_few(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  for (rn_i row = 0; row < p->m; row++)
    for (rn_i j = 0; j < p->n; j++) {
      rn_f *const to = c + row * p->cm + j * p->cn;
      const rn_f *const x = a + row * p->am, *const y = b + j * p->bn;
      rn_v sum = rn_splat(p->adds ? *to : 0);
      for (rn_i k = 0; k < p->k; k++) sum += rn_splat(x[k * p->ak]) * rn_load_part(y + k * p->bk, 1);
      memcpy(to, &sum, sizeof(rn_f));
    }
  RN_WRITES;
}

/* One row with panels that lie ready, as many at once as there are vectors for. */
RN_OUT void rn_one_row(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p, int is_packed) {
  for (rn_i j = 0, columns; j < p->n; j += columns) {
    const rn_f *panels[RN_ROW_PANELS];
    rn_i steps[RN_ROW_PANELS];
    columns = p->n - j < RN_AT_ONCE * RN_LANES ? p->n - j : RN_AT_ONCE * RN_LANES;
    for (rn_i i = 0, from = j; from < j + columns; i++, from += RN_PANEL) {
      const rn_i n = p->n - from < RN_PANEL ? p->n - from : RN_PANEL;
      panels[i] = is_packed ? b + from * p->k : b + from;
      steps[i] = is_packed ? rn_padded(n) : p->bk;
    }
    if (columns % RN_LANES == 0)
      rn_row_of(a, panels, steps, c + j, p, (int)(columns / RN_LANES));
    else {
      rn_f aside[RN_AT_ONCE * RN_LANES] = {0};
      if (p->adds) memcpy(aside, c + j, (size_t)columns * sizeof(rn_f));
      rn_row_of(a, panels, steps, aside, p, (int)(rn_padded(columns) / RN_LANES));
      memcpy(c + j, aside, (size_t)columns * sizeof(rn_f));
    }
  }
}

/* `kept` holds all of B packed, or is none; `room` is for one panel. Few rows read what lies together where it lies. */
RN_OUT void rn_product(const rn_f *a, const rn_f *b, rn_f *c, const rn_p *p, const rn_f *kept, rn_f *room) {
  if (kept == NULL && p->m <= 2 && p->ak == 1 && p->bk == 1 && !p->ordered) {
    rn_along(a, b, c, p);
    return;
  }
  if (kept == NULL && p->m * p->n <= 2) {
    rn_few(a, b, c, p);
    return;
  }
  if (p->m == 1 && p->cn == 1 && (kept != NULL || (p->bn == 1 && p->n % RN_LANES == 0))) {
    rn_one_row(a, kept == NULL ? b : kept, c, p, kept != NULL);
    return;
  }
  for (rn_i j = 0; j < p->n; j += RN_PANEL) {
    rn_p q = *p;
    q.n = p->n - j < RN_PANEL ? p->n - j : RN_PANEL;
    const rn_f *panel = room;
    if (kept != NULL) {
      panel = kept + j * p->k;
      q.bk = rn_padded(q.n);
    } else if (p->bn == 1 && p->m <= RN_ROWS && q.n % RN_LANES == 0) {
      panel = b + j;
    } else {
      rn_pack_panel(room, b + j * p->bn, p->bk, p->bn, q.n, p->k);
      q.bk = rn_padded(q.n);
    }
    rn_panel(a, panel, c + j * p->cn, &q);
  }
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC pop_options
#endif
