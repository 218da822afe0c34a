import { productInPlace } from "./product-in-place.js";
import { isPanelled, productOfPanels } from "./product-of-panels.js";

/**
 * C[m,n] = (C[m,n] +) sum over k of A[m,k] B[k,n]. A and B are strided views of the arena `M`, C one of `C`, the same
 * arena or the same memory as doubles: `a`, `b`, `c` are the offsets of the first elements, `am` and `ak` the strides of A
 * along m and k, and so on. The terms of an element are added up in order, in double precision, beginning with what
 * stands in C if that is added to; the sum is rounded once, to the precision of `C`.
 *
 * @param {any} M a Float32Array or Float64Array; its elements are trusted to exist
 * @param {number} a @param {number} am @param {number} ak
 * @param {number} b @param {number} bk @param {number} bn
 * @param {any} C @param {number} c @param {number} cm @param {number} cn
 * @param {number} m @param {number} n @param {number} k
 * @param {boolean} add
 * @param {number} [kept] what `keptPanels` gave for B
 */
export function product(M, a, am, ak, b, bk, bn, C, c, cm, cn, m, n, k, add, kept = -1) {
  if (isPanelled(m, n, k)) productOfPanels(M, a, am, ak, b, bk, bn, C, c, cm, cn, m, n, k, add, kept);
  else productInPlace(M, a, am, ak, b, bk, bn, C, c, cm, cn, m, n, k, add);
}
