/** Gives a text to who looks at the page, as a file. */
export const download = (name: string, type: string, text: string): void => {
  const place = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = place;
  link.download = name;
  link.click();
  // It is read soon after.
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
};
