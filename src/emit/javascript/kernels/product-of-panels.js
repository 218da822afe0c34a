/** Doubles that panels of rows hold: two megabytes, as many as a second cache. */
const panelPlaces = 1 << 18;

/** Doubles that panels of columns hold which are kept for many products: eight megabytes. */
const keptPlaces = 1 << 20;

/** The most terms that a product of panels may have. */
const panelTerms = 1 << 16;

/** Packing pays where each packed element is used several times. */
export const isPanelled = (/** @type {number} */ m, /** @type {number} */ n, /** @type {number} */ k) =>
  Math.min(m, n, k) >= 8 && k <= panelTerms;

/** @type {ReturnType<typeof makePanels> | undefined} */
let panels;

/**
 * `product` (product.js) with its operands packed. Panels of two rows and of three columns are copied into doubles, one
 * term after the other: an element is then converted once instead of once for every tile that reads it, and lies beside
 * its neighbours, however far apart they are in the arena.
 *
 * A row or a column that the last panel lacks is the one before it once more: it gives the same sums at the same places.
 *
 * Where B is `kept` its panels stand already; otherwise each panel of columns is packed in the place of the one before.
 *
 * @param {any} M a Float32Array or Float64Array; its elements are trusted to exist
 * @param {number} a @param {number} am @param {number} ak
 * @param {number} b @param {number} bk @param {number} bn
 * @param {any} C @param {number} c @param {number} cm @param {number} cn
 * @param {number} m @param {number} n @param {number} k at most 65536
 * @param {boolean} add
 * @param {number} kept what `keptPanels` gave for B, or -1
 */
export function productOfPanels(M, a, am, ak, b, bk, bn, C, c, cm, cn, m, n, k, add, kept) {
  panels ??= makePanels();
  const { packRows, packColumns, tile } = panels;
  const most = (panelPlaces / k) & ~1;
  for (let first = 0; first < m; first += most) {
    const end = Math.min(m, first + most);
    for (let i = first, x = 0; i < end; i += 2, x += 2 * k) packRows(M, a + i * am, i + 1 < end ? am : 0, ak, x, k);
    for (let j = 0; j < n; j += 3) {
      const y = kept < 0 ? 0 : kept + j * k;
      if (kept < 0) packColumns(M, b + j * bn, bk, bn, n - j, y, k);
      for (let i = first, x = 0; i < end; i += 2, x += 2 * k)
        tile(x, y, C, c + i * cm + j * cn, i + 1 < end ? cm : 0, cn, n - j, k, add);
    }
  }
}

/**
 * Packs B for the products that follow, until another is kept as the same of `count`: so that a scan packs its weights
 * once. Gives where the panels stand, or -1 if they are not worth it or too large.
 *
 * @param {any} M
 * @param {number} b @param {number} bk @param {number} bn
 * @param {number} m @param {number} n @param {number} k
 * @param {number} which
 * @param {number} count
 */
export function keptPanels(M, b, bk, bn, m, n, k, which, count) {
  const room = Math.floor(keptPlaces / count);
  if (!isPanelled(m, n, k) || (n + 2) * k > room) return -1;
  panels ??= makePanels();
  const place = 3 * panelTerms + which * room;
  for (let j = 0; j < n; j += 3) panels.packColumns(M, b + j * bn, bk, bn, n - j, place + j * k, k);
  return place;
}

/**
 * The memory of the panels and the functions that know it, made once, when a product first wants them. V8 takes arrays
 * that a function's only closure captures for constants, with their addresses and lengths: to read an element is then one
 * instruction, its check one for all arrays of a length that are read at the same place. Hence an array for each row or
 * column of a panel, a place on from that of the one before. Once any buffer of the process was detached, each reading
 * asks whether this one is.
 */
function makePanels() {
  const columnPlaces = 3 * panelTerms + keptPlaces;
  const memory = new ArrayBuffer(8 * (panelPlaces + 1 + columnPlaces + 2));
  const view = (/** @type {number} */ at, /** @type {number} */ length) => new Float64Array(memory, 8 * at, length);
  /** @type {any} */
  const [A0, A1] = [0, 1].map((at) => view(at, panelPlaces));
  /** @type {any} */
  const [B0, B1, B2] = [0, 1, 2].map((column) => view(panelPlaces + 1 + column, columnPlaces));
  return {
    /** @param {any} M @param {number} x @param {number} am @param {number} ak @param {number} to @param {number} k */
    packRows(M, x, am, ak, to, k) {
      for (let p = 0; p < k; p++, x += ak, to += 2) {
        A0[to] = M[x];
        A1[to] = M[x + am];
      }
    },
    /** @param {any} M @param {number} y @param {number} bk @param {number} bn @param {number} n that are left @param {number} to @param {number} k */
    packColumns(M, y, bk, bn, n, to, k) {
      const bn1 = Math.min(1, n - 1) * bn;
      const bn2 = Math.min(2, n - 1) * bn;
      for (let p = 0; p < k; p++, y += bk, to += 3) {
        B0[to] = M[y];
        B1[to] = M[y + bn1];
        B2[to] = M[y + bn2];
      }
    },
    // More sums, or two terms at a time, are more than there are registers.
    /** @param {any} x @param {any} y @param {any} C @param {number} c @param {number} cm @param {number} cn @param {number} n that are left @param {number} k @param {boolean} add */
    tile(x, y, C, c, cm, cn, n, k, add) {
      const cn1 = Math.min(1, n - 1) * cn;
      const cn2 = Math.min(2, n - 1) * cn;
      const d = c + cm;
      let s00 = add ? C[c] : 0,
        s01 = add ? C[c + cn1] : 0,
        s02 = add ? C[c + cn2] : 0,
        s10 = add ? C[d] : 0,
        s11 = add ? C[d + cn1] : 0,
        s12 = add ? C[d + cn2] : 0;
      // Places are told to be integers of 32 bits: an engine then looks for no overflow.
      x = x | 0;
      y = y | 0;
      for (const end = (y + 3 * k) | 0; y < end; y = (y + 3) | 0, x = (x + 2) | 0) {
        const b0 = B0[y],
          b1 = B1[y],
          b2 = B2[y];
        const a0 = A0[x];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        const a1 = A1[x];
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
      }
      C[c] = s00;
      C[c + cn1] = s01;
      C[c + cn2] = s02;
      C[d] = s10;
      C[d + cn1] = s11;
      C[d + cn2] = s12;
    },
  };
}
