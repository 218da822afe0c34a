/** Whether the page's policy allows WebAssembly: an empty module is tried. */
export const mayWebAssembly = (): boolean => {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return true;
  } catch {
    return false;
  }
};
