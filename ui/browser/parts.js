// Draws a part of a page from a tree of tags and texts, and keeps it: only what changed is made anew.
// Knows nothing of figures or words: both come from ui/parts.py, as {look, parts}. A text is never read as HTML.

const TAGS = ["a", "br", "button", "details", "div", "h5", "i", "p", "small", "span", "strong", "summary"];
const ATTRIBUTES = ["aria-description", "aria-hidden", "aria-pressed", "class", "data-code", "disabled", "title", "translate"];
const SVG = "http://www.w3.org/2000/svg";
const shown = new WeakMap(); // place → what it shows last: {text, parts, tell}

/** Draw what Streamlit hands over. */
export function draw({ data, parentElement, setTriggerValue }) {
  const text = new TextDecoder().decode(data);
  const place = placeIn(parentElement);
  const before = shown.get(place);
  const given = before?.text === text ? before : JSON.parse(text);
  shown.set(place, { ...given, text, tell: (code) => setTriggerValue("mark", code) });
  if (before?.text === text) return;
  place.className = `kpi-parts ${given.look}`;
  const held = place.contains(document.activeElement) ? document.activeElement.dataset.code : undefined;
  renew(place, before?.parts ?? [], given.parts);
  if (held !== undefined && !place.contains(document.activeElement)) {
    [...place.querySelectorAll("[data-code]")].find((each) => each.dataset.code === held)?.focus({ preventScroll: true });
  }
}

function placeIn(parent) {
  const known = parent.querySelector(":scope > .kpi-parts");
  if (known) return known;
  const place = document.createElement("div");
  place.className = "kpi-parts";
  place.addEventListener("click", (event) => {
    const at = event.target.closest("[data-code]");
    if (!at || (at.href && (event.ctrlKey || event.metaKey || event.shiftKey))) return; // a tab of its own
    event.preventDefault();
    shown.get(place).tell(at.dataset.code);
  });
  parent.append(place);
  return place;
}

function renew(place, before, parts) {
  while (place.childNodes.length > parts.length) place.lastChild.remove();
  parts.forEach((part, at) => {
    const old = place.childNodes[at];
    if (old && JSON.stringify(before[at]) === JSON.stringify(part)) return;
    const fresh = made(part);
    if (old?.open) fresh.open = true; // what a reader has unfolded stays so
    old ? old.replaceWith(fresh) : place.append(fresh);
  });
}

function made(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [name, attributes, ...inner] = node;
  if (name === "line") return line(attributes.values);
  if (!TAGS.includes(name)) throw new Error(`${name} is no tag of a part.`);
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "href") element.href = within(value);
    else if (ATTRIBUTES.includes(key)) element.setAttribute(key, value === true ? "" : value);
    else throw new Error(`${key} is no attribute of a part.`);
  }
  if (name === "button") element.type = "button";
  element.append(...inner.map(made));
  return element;
}

/** A link stays on this site, whatever it says. */
function within(address) {
  const url = new URL(address, document.baseURI);
  if (url.origin !== location.origin) throw new Error(`${address} leads away.`);
  return url.href;
}

/** A small line through values from left to right; null leaves a gap. What it shows is said beside it. */
function line(values) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = (value) => (high > low ? 28 - (24 * (value - low)) / (high - low) : 16);
  const x = (at) => (values.length > 1 ? (100 * at) / (values.length - 1) : 50);
  let isOpen = false;
  const path = values.map((value, at) => {
    const step = value === null ? "" : `${isOpen ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}h0`;
    isOpen = value !== null;
    return step;
  });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 32");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "kpi-line");
  svg.append(document.createElementNS(SVG, "path"));
  svg.firstChild.setAttribute("d", path.join(""));
  return svg;
}
