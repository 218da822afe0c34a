import { productInPlace } from "./product-in-place.js";

/** The panels of a product, made anew for each; the array grows and stays. */
let panels = new Float64Array(0);

/**
 * `product` (product.js) with its operands packed. Panels of four rows and of two columns are copied into
 * doubles, one term after the other: an element is then converted once instead of once for every tile that reads it, and
 * lies beside its neighbours, however far apart they are in the arena.
 *
 * @param {any} M a Float32Array or Float64Array; its elements are trusted to exist
 * @param {number} a @param {number} am @param {number} ak
 * @param {number} b @param {number} bk @param {number} bn
 * @param {any} C @param {number} c @param {number} cm @param {number} cn
 * @param {number} m @param {number} n @param {number} k
 * @param {boolean} add
 */
export function productOfPanels(M, a, am, ak, b, bk, bn, C, c, cm, cn, m, n, k, add) {
  const rows = m & ~3;
  const columns = n & ~1;
  // The panels of rows fill a megabyte where they can, so that they stay in the second cache.
  const most = Math.max(64, ((1 << 17) / k) & ~3);
  const terms = k + (k & 1);
  const size = (Math.min(rows, most) + 2) * terms;
  if (panels.length < size) panels = new Float64Array(size);
  const P = panels;
  for (let first = 0; first < rows; first += most) {
    const end = Math.min(rows, first + most);
    let y = 0;
    for (let i = first; i < end; i += 4) y = packRows(M, a + i * am, am, ak, P, y, k);
    for (let j = 0; j < columns; j += 2) {
      packColumns(M, b + j * bn, bn, bk, P, y, k);
      for (let i = first, x = 0; i < end; i += 4, x += 4 * terms)
        panelTile(P, x, y, C, c + i * cm + j * cn, cm, cn, terms, add);
    }
  }
  // What is left over has less than four rows, or one column.
  productInPlace(M, a, am, ak, b + columns * bn, bk, bn, C, c + columns * cn, cm, cn, rows, n - columns, k, add);
  productInPlace(M, a + rows * am, am, ak, b, bk, bn, C, c + rows * cm, cm, cn, m - rows, n, k, add);
}

/**
 * Copies a panel of four rows; the place after it. An odd number of terms gets one more, -0 times 0: no sum changes by
 * adding -0.
 *
 * @param {any} M @param {number} x @param {number} am @param {number} ak
 * @param {Float64Array} P @param {number} to @param {number} k
 */
function packRows(M, x, am, ak, P, to, k) {
  const am2 = am + am,
    am3 = am2 + am;
  for (let p = 0; p < k; p++, x += ak) {
    P[to++] = M[x];
    P[to++] = M[x + am];
    P[to++] = M[x + am2];
    P[to++] = M[x + am3];
  }
  if (k & 1) for (let i = 0; i < 4; i++) P[to++] = -0;
  return to;
}

/**
 * Copies a panel of two columns.
 *
 * @param {any} M @param {number} y @param {number} bn @param {number} bk
 * @param {Float64Array} P @param {number} to @param {number} k
 */
function packColumns(M, y, bn, bk, P, to, k) {
  for (let p = 0; p < k; p++, y += bk) {
    P[to++] = M[y];
    P[to++] = M[y + bn];
  }
  if (k & 1) for (let j = 0; j < 2; j++) P[to++] = 0;
}

/**
 * Four rows by two columns, two terms at a time; with more sums or more terms there are too few registers.
 *
 * @param {any} P @param {number} x @param {number} y
 * @param {any} C @param {number} c @param {number} cm @param {number} cn
 * @param {number} k
 * @param {boolean} add
 */
function panelTile(P, x, y, C, c, cm, cn, k, add) {
  let s00 = 0,
    s01 = 0,
    s10 = 0,
    s11 = 0,
    s20 = 0,
    s21 = 0,
    s30 = 0,
    s31 = 0;
  const c1 = c + cm,
    c2 = c1 + cm,
    c3 = c2 + cm;
  if (add) {
    s00 = C[c];
    s01 = C[c + cn];
    s10 = C[c1];
    s11 = C[c1 + cn];
    s20 = C[c2];
    s21 = C[c2 + cn];
    s30 = C[c3];
    s31 = C[c3 + cn];
  }
  // Places are told to be integers of 32 bits: an engine then looks for no overflow.
  const end = (x + 4 * k) | 0;
  for (x = x | 0, y = y | 0; x < end; x = (x + 8) | 0, y = (y + 4) | 0) {
    const b0 = P[y],
      b1 = P[(y + 1) | 0];
    const a0 = P[x];
    s00 += a0 * b0;
    s01 += a0 * b1;
    const a1 = P[(x + 1) | 0];
    s10 += a1 * b0;
    s11 += a1 * b1;
    const a2 = P[(x + 2) | 0];
    s20 += a2 * b0;
    s21 += a2 * b1;
    const a3 = P[(x + 3) | 0];
    s30 += a3 * b0;
    s31 += a3 * b1;
    const e0 = P[(y + 2) | 0],
      e1 = P[(y + 3) | 0];
    const d0 = P[(x + 4) | 0];
    s00 += d0 * e0;
    s01 += d0 * e1;
    const d1 = P[(x + 5) | 0];
    s10 += d1 * e0;
    s11 += d1 * e1;
    const d2 = P[(x + 6) | 0];
    s20 += d2 * e0;
    s21 += d2 * e1;
    const d3 = P[(x + 7) | 0];
    s30 += d3 * e0;
    s31 += d3 * e1;
  }
  C[c] = s00;
  C[c + cn] = s01;
  C[c1] = s10;
  C[c1 + cn] = s11;
  C[c2] = s20;
  C[c2 + cn] = s21;
  C[c3] = s30;
  C[c3 + cn] = s31;
}
