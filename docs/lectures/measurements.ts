/** What takes minutes, by the name that `npm run lectures -- --measure` gives it: plain data for a file. */
export const measurements: Readonly<Record<string, () => object>> = {};
