"use strict";
// What answers a pointer, a finger or a key in a report: a mark says its figure (arrows go from one to the next), a
// legend hides its series, a header sorts.
(() => {
  const said = document.getElementById("said");
  const say = (mark) => {
    const at = mark.getBoundingClientRect();
    said.textContent = mark.dataset.said;
    said.style.display = "block";
    said.style.left = Math.max(4, Math.min(at.left + at.width / 2, innerWidth - said.offsetWidth - 4)) + "px";
    said.style.top = Math.max(4, at.top - said.offsetHeight - 6) + "px";
  };
  let chosen = null;  // the mark that the keys have come to
  const choose = (mark) => {
    if (chosen) chosen.classList.remove("is-at");
    chosen = mark;
    if (!mark) return;
    mark.classList.add("is-at");
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(mark);
  };
  const hush = () => { said.style.display = "none"; };
  const silence = () => { choose(null); hush(); };
  for (const mark of document.querySelectorAll("[data-said]")) {
    mark.addEventListener("pointerenter", () => say(mark));
    mark.addEventListener("pointerleave", hush);
    mark.addEventListener("click", () => say(mark));
  }
  addEventListener("scroll", () => (chosen ? say(chosen) : hush()), { passive: true, capture: true });
  addEventListener("click", (event) => { if (!event.target.closest("[data-said]")) hush(); });

  for (const place of document.querySelectorAll(".chart [role=img]")) {
    const marks = () => [...place.querySelectorAll("[data-said]")].filter((mark) => !mark.closest(".is-off"));
    place.setAttribute("role", "group");  // its legend is made of buttons, and an image may hold none
    place.setAttribute("tabindex", "0");
    place.addEventListener("focus", () => { if (place.matches(":focus-visible")) choose(marks()[0] || null); });
    place.addEventListener("blur", silence);
    place.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.target !== place || (!step && event.key !== "Escape")) return;
      event.preventDefault();
      if (!step) return silence();
      const all = marks(), next = chosen ? all.indexOf(chosen) + step : 0;
      if (all.length) choose(all[(next + all.length) % all.length]);
    });
  }

  for (const sign of document.querySelectorAll('[data-legend]:not([data-legend="-1"])')) {
    const series = sign.closest("svg").querySelector(`[data-series="${sign.dataset.legend}"]`);
    sign.setAttribute("tabindex", "0");
    sign.setAttribute("role", "button");
    sign.setAttribute("aria-pressed", "true");
    const turn = () => {
      const isOff = series.classList.toggle("is-off");
      sign.classList.toggle("is-off", isOff);
      sign.setAttribute("aria-pressed", String(!isOff));
    };
    sign.addEventListener("click", turn);
    sign.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); turn(); }
    });
  }

  const value = (row, at) => {
    const cell = row.cells[at];
    return "n" in cell.dataset ? Number(cell.dataset.n) : cell.textContent.trim();
  };
  const order = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, document.documentElement.lang, { numeric: true });
  };
  for (const head of document.querySelectorAll("th:not(.fixed)")) {
    head.setAttribute("tabindex", "0");
    const sort = () => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      const body = head.closest("table").tBodies[0];
      const rows = [...body.rows].sort((a, b) => order(value(a, head.cellIndex), value(b, head.cellIndex)));
      if (isDown) rows.reverse();
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      body.append(...rows);
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
    });
  }

  for (const button of document.querySelectorAll("button.image")) {
    button.addEventListener("click", () => {
      const figure = button.closest("figure");
      const link = document.createElement("a");
      const drawn = new XMLSerializer().serializeToString(figure.querySelector("svg"));
      link.href = URL.createObjectURL(new Blob([drawn], { type: "image/svg+xml" }));
      link.download = figure.closest("section").id + ".svg";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }
  document.getElementById("print").addEventListener("click", () => window.print());
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();
