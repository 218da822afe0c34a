/**
 * What moves in a lecture: a slider goes through the positions of a sequence, and bars show what was computed there. All
 * numbers stand in the page.
 */
export const script = `
for (const place of document.querySelectorAll(".steps")) {
  const { tokens, groups } = JSON.parse(place.querySelector("script").textContent);
  const slider = place.querySelector("input");
  const play = place.querySelector("button");
  const show = () => {
    const t = Number(slider.value) - 1;
    place.querySelector("output").textContent = "t = " + (t + 1) + ": " + tokens[t];
    place.querySelectorAll(".tokens span").forEach((token, i) => token.classList.toggle("now", i === t));
    place.querySelectorAll(".group").forEach((group, g) => {
      const { low, high, values } = groups[g];
      const share = (value) => 60 * (high - Math.min(high, Math.max(low, value))) / (high - low);
      group.querySelectorAll("rect").forEach((bar, i) => {
        const [from, to] = [share(Math.max(0, values[t][i])), share(Math.min(0, values[t][i]))];
        bar.setAttribute("y", 2 + from);
        bar.setAttribute("height", Math.max(0.5, to - from));
      });
      group.querySelector(".numbers").textContent = values[t].map((value) => value.toFixed(2)).join("  ");
    });
  };
  let timer;
  const stop = () => { clearInterval(timer); timer = undefined; play.textContent = "Play"; };
  slider.addEventListener("input", () => { stop(); show(); });
  play.addEventListener("click", () => {
    if (timer !== undefined) return stop();
    if (slider.value === slider.max) slider.value = 1;
    play.textContent = "Pause";
    show();
    timer = setInterval(() => {
      if (slider.value === slider.max) return stop();
      slider.value = Number(slider.value) + 1;
      show();
    }, 900);
  });
  show();
}
`;
