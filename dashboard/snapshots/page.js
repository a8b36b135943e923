"use strict";
// Hovering, tapping or the arrow keys show the words of one period; everything they say is in the table as well.
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  document.body.append(tip);
  let shown = null;

  // The same chart stands there once for each width; the words of its periods only in the first of them.
  const words = (hit) => hit.closest(".drawing").querySelector(`.hit[data-at="${hit.dataset.at}"]`).dataset.tip;
  const mark = (hit, isOn) => {
    hit.classList.toggle("is-on", isOn);
    for (const dot of hit.closest("svg").querySelectorAll(`.dot[data-at="${hit.dataset.at}"]`)) dot.classList.toggle("is-on", isOn);
  };
  const hide = () => {
    if (shown) mark(shown, false);
    shown = null;
    tip.hidden = true;
  };
  const show = (hit) => {
    if (hit === shown) return;
    hide();
    shown = hit;
    mark(hit, true);
    tip.textContent = words(hit);
    tip.hidden = false;
    const place = hit.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const beside = place.right + 10 + box.width < innerWidth ? place.right + 10 : place.left - box.width - 10;
    tip.style.left = `${Math.max(12, Math.min(beside, innerWidth - box.width - 12))}px`;
    tip.style.top = `${Math.max(12, Math.min(place.top + 8, innerHeight - box.height - 12))}px`;
  };

  for (const chart of document.querySelectorAll("svg.chart, svg.spark")) {
    // A <title> would pop up as the browser's own tooltip over every mark.
    const title = chart.querySelector(":scope > title");
    const description = chart.querySelector(":scope > desc");
    chart.setAttribute("aria-label", `${title.textContent}. ${description.textContent}`);
    title.remove();
    const hits = [...chart.querySelectorAll(".hit")];
    if (!hits.length) continue;
    chart.tabIndex = 0;
    chart.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      const from = hits.includes(shown) ? hits.indexOf(shown) : step > 0 ? -1 : hits.length;
      show(hits[Math.max(0, Math.min(hits.length - 1, from + step))]);
    });
    chart.addEventListener("blur", hide);
  }
  document.addEventListener("pointermove", (event) => {
    const hit = event.target.closest?.(".hit");
    if (hit) show(hit);
    else if (event.pointerType === "mouse" && !document.activeElement?.closest?.("svg.trend")) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    const hit = event.target.closest?.(".hit");
    if (hit) show(hit);
    else hide();
  });
  addEventListener("scroll", hide, { passive: true });
})();
