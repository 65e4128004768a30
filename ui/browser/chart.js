// Draws a figure where the page has its place for it, and keeps the plot: what changes is updated there, not built anew.
// Knows nothing of figures or words: both come from ui/figure.py, as {figure, alt, drills, words, name}.

const shown = new WeakMap(); // place → what it shows last: {text, look, given, tell}
let library;

/** Draw what Streamlit hands over; returns what clears the place away. */
export async function draw({ data, parentElement, setTriggerValue }) {
  const text = new TextDecoder().decode(data);
  const place = placeIn(parentElement);
  const look = lookOf(parentElement);
  const now = { text, look: JSON.stringify(look), given: JSON.parse(text), tell: (code) => setTriggerValue("mark", code) };
  const before = shown.get(place);
  shown.set(place, now);
  if (before?.text !== text || before.look !== now.look) {
    place.style.height = `${now.given.figure.layout.height}px`;
    place.setAttribute("aria-label", now.given.alt);
    const plotly = await loaded();
    if (shown.get(place) === now) await plot(plotly, place, now.given, look); // else a newer one came while it loaded
  }
  return () => library?.then((plotly) => plotly.purge(place));
}

function placeIn(parent) {
  const known = parent.querySelector(":scope > .kpi-chart");
  if (known) return known;
  const place = document.createElement("div");
  place.className = "kpi-chart";
  place.style.width = "100%";
  place.setAttribute("role", "figure"); // not "img": the buttons in it are reached by the keyboard
  parent.append(place);
  return place;
}

function loaded() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("plotly-basic.min.js", import.meta.url);
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error(`${script.src} could not be loaded.`));
    document.head.append(script);
  });
  return library;
}

async function plot(plotly, place, given, look) {
  const isNew = !place.querySelector(".main-svg");
  const layout = { ...given.figure.layout, autosize: true, template: template(look) };
  await plotly.react(place, given.figure.data, layout, isNew || isSaidAnew(place, given) ? config(plotly, place) : undefined);
  if (isNew) listen(plotly, place);
}

/** Plotly takes a plot apart and draws it twice when it is given buttons, so it is given them once for each language. */
function isSaidAnew(place, { words }) {
  return [...place.querySelectorAll(".modebar-btn")].some((button) => !Object.values(words).includes(button.dataset.title));
}

function listen(plotly, place) {
  const drag = () => place.querySelector(".nsewdrag");
  const leadsOn = (event) => shown.get(place).given.drills && event.points[0]?.customdata !== undefined;
  place.on("plotly_click", (event) => leadsOn(event) && shown.get(place).tell(first(event.points[0].customdata)));
  place.on("plotly_hover", (event) => leadsOn(event) && drag()?.style.setProperty("cursor", "pointer", "important"));
  place.on("plotly_unhover", () => drag()?.style.removeProperty("cursor"));
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width || !place.clientWidth) return;
    width = place.clientWidth;
    plotly.Plots.resize(place);
  }).observe(place);
}

const first = (customdata) => String(Array.isArray(customdata) ? customdata[0] : customdata);

/** The page's own colours and letters, from the variables that Streamlit sets on a component. */
function lookOf(parent) {
  const style = getComputedStyle(parent);
  const named = (name) => style.getPropertyValue(`--st-${name}`).trim();
  return { text: named("text-color"), ground: named("background-color"), line: named("border-color"), font: named("font") };
}

function template({ text, ground, line, font }) {
  const small = { size: 12, color: text };
  const axis = {
    automargin: true,
    gridcolor: line,
    zerolinecolor: line,
    linecolor: line,
    tickfont: small,
    title: { font: { size: 14, color: text }, standoff: 16 },
  };
  return {
    data: { scatter: [{ marker: { line: { width: 0 } } }], bar: [{ marker: { line: { width: 0 } } }] },
    layout: {
      font: { family: font, ...small },
      xaxis: { ...axis, showgrid: false },
      yaxis: axis,
      legend: { font: small },
      hoverlabel: { bgcolor: ground, bordercolor: line, font: { family: font, ...small } },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: text, activecolor: text },
    },
  };
}

/** A button that says which file it gives: two cameras side by side look alike, and a thumb gets no hint. */
const written = (format) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 16" class="icon kpi-format">` +
  `<text x="17" y="12.5" text-anchor="middle" font-size="12" font-weight="600">${format.toUpperCase()}</text></svg>`;

function config(plotly, place) {
  const kept = (format) => ({
    name: format,
    title: shown.get(place).given.words[format],
    icon: { svg: written(format) },
    click: () => keep(plotly, place, format),
  });
  return {
    displaylogo: false,
    displayModeBar: "hover",
    modeBarButtons: [[kept("png"), kept("svg")]], // none of Plotly's own: they are English, and one shares to a cloud
    scrollZoom: false,
    showSendToCloud: false,
  };
}

function keep(plotly, place, format) {
  const filename = shown.get(place).given.name;
  return plotly.downloadImage(place, { format, filename, width: place.clientWidth, height: place.clientHeight });
}
