/**
 * `product` (product.js) with its operands read where they stand, in tiles of 4 by 3 that keep their sums in registers.
 *
 * @param {any} M
 * @param {number} a @param {number} am @param {number} ak
 * @param {number} b @param {number} bk @param {number} bn
 * @param {any} C @param {number} c @param {number} cm @param {number} cn
 * @param {number} m @param {number} n @param {number} k
 * @param {boolean} add
 */
export function productInPlace(M, a, am, ak, b, bk, bn, C, c, cm, cn, m, n, k, add) {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const a0 = a + i * am;
    const c0 = c + i * cm;
    let j = 0;
    for (; j + 3 <= n; j += 3) tile(M, a0, am, ak, b + j * bn, bk, bn, C, c0 + j * cn, cm, cn, k, add);
    for (; j < n; j++) strip(M, a0, am, ak, b + j * bn, bk, C, c0 + j * cn, cm, k, add);
  }
  for (; i < m; i++) {
    const a0 = a + i * am;
    const c0 = c + i * cm;
    let j = 0;
    for (; j + 4 <= n; j += 4) strip(M, b + j * bn, bn, bk, a0, ak, C, c0 + j * cn, cn, k, add);
    for (; j < n; j++) {
      const at = c0 + j * cn;
      let s = add ? C[at] : 0;
      for (let p = 0, x = a0, y = b + j * bn; p < k; p++, x += ak, y += bk) s += M[x] * M[y];
      C[at] = s;
    }
  }
}

/**
 * Four rows by three columns: its twelve sums, three elements of the right operand and one of the left are all the
 * registers that there are.
 *
 * @param {any} M a Float32Array or Float64Array; its elements are trusted to exist
 * @param {number} a @param {number} am @param {number} ak
 * @param {number} b @param {number} bk @param {number} bn
 * @param {any} C @param {number} c @param {number} cm @param {number} cn
 * @param {number} k
 * @param {boolean} add
 */
function tile(M, a, am, ak, b, bk, bn, C, c, cm, cn, k, add) {
  const c1 = c + cm,
    c2 = c1 + cm,
    c3 = c2 + cm;
  const cn2 = cn + cn;
  let s00 = add ? C[c] : 0,
    s01 = add ? C[c + cn] : 0,
    s02 = add ? C[c + cn2] : 0,
    s10 = add ? C[c1] : 0,
    s11 = add ? C[c1 + cn] : 0,
    s12 = add ? C[c1 + cn2] : 0,
    s20 = add ? C[c2] : 0,
    s21 = add ? C[c2 + cn] : 0,
    s22 = add ? C[c2 + cn2] : 0,
    s30 = add ? C[c3] : 0,
    s31 = add ? C[c3 + cn] : 0,
    s32 = add ? C[c3 + cn2] : 0;
  const am2 = am + am,
    am3 = am2 + am;
  const bn2 = bn + bn;
  for (let p = 0, x = a, y = b; p < k; p++, x += ak, y += bk) {
    const b0 = M[y],
      b1 = M[y + bn],
      b2 = M[y + bn2];
    const a0 = M[x];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    const a1 = M[x + am];
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    const a2 = M[x + am2];
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    const a3 = M[x + am3];
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
  }
  C[c] = s00;
  C[c + cn] = s01;
  C[c + cn2] = s02;
  C[c1] = s10;
  C[c1 + cn] = s11;
  C[c1 + cn2] = s12;
  C[c2] = s20;
  C[c2 + cn] = s21;
  C[c2 + cn2] = s22;
  C[c3] = s30;
  C[c3 + cn] = s31;
  C[c3 + cn2] = s32;
}

/**
 * Four rows by one column; with the roles of the operands changed, one row by four columns.
 *
 * @param {any} M a Float32Array or Float64Array; its elements are trusted to exist
 * @param {number} a @param {number} am @param {number} ak
 * @param {number} b @param {number} bk
 * @param {any} C @param {number} c @param {number} cm
 * @param {number} k
 * @param {boolean} add
 */
function strip(M, a, am, ak, b, bk, C, c, cm, k, add) {
  const c1 = c + cm,
    c2 = c1 + cm,
    c3 = c2 + cm;
  let s0 = add ? C[c] : 0,
    s1 = add ? C[c1] : 0,
    s2 = add ? C[c2] : 0,
    s3 = add ? C[c3] : 0;
  const am2 = am + am,
    am3 = am2 + am;
  for (let p = 0, x = a, y = b; p < k; p++, x += ak, y += bk) {
    const v = M[y];
    s0 += M[x] * v;
    s1 += M[x + am] * v;
    s2 += M[x + am2] * v;
    s3 += M[x + am3] * v;
  }
  C[c] = s0;
  C[c1] = s1;
  C[c2] = s2;
  C[c3] = s3;
}
