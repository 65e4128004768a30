// Puts Streamlit's own words, which are English, into the reader's language, and says which language the page speaks.
// The words come from our catalogue, in the page's <script id="kpi-words">; nothing of ours is touched.
"use strict";

const SAID = ["aria-label", "title", "placeholder"];
const OURS =
  "[data-testid=stMarkdownContainer], [data-testid=stDataFrameGlideDataEditor], .kpi-chart, .kpi-parts, input, textarea";
const THEIRS = "[data-testid=stTooltipContent], [data-testid=stFileUploaderDropzone]";
const words = JSON.parse(document.getElementById("kpi-words").textContent);
const back = Object.fromEntries(Object.entries(words).map(([english, said]) => [said, english]));

const language = () => (new URLSearchParams(location.search).get("lang") === "en" ? "en" : "id");
let spoken = language();

// A text is one of the words, or begins with one that ends in a colon or a space: "Fullscreen: <name>", "Remove <name>".
function said(text) {
  const known = spoken === "id" ? words : back;
  const whole = text.trim();
  if (Object.hasOwn(known, whole)) return text.replace(whole, known[whole]);
  for (const [from, to] of Object.entries(known)) {
    if (/[: ]$/.test(from) && text.startsWith(from)) return to + text.slice(from.length);
    if (from.startsWith(" ") && text.endsWith(from)) return text.slice(0, -from.length) + to;
  }
  return text;
}

function sayText(node) {
  const home = node.parentElement;
  if (!home || /^(SCRIPT|STYLE)$/.test(home.tagName)) return;
  if (home.closest(OURS) && !home.closest(THEIRS)) return;
  const text = said(node.data);
  if (text !== node.data) node.data = text;
}

function sayAttributes(element) {
  for (const name of SAID) {
    const text = element.getAttribute(name);
    if (text && said(text) !== text) element.setAttribute(name, said(text));
  }
  if (element.dataset.testid === "stMetricChart") element.setAttribute("aria-hidden", "true"); // its figures stand beside it
}

function sayAll(root) {
  if (root.nodeType === Node.TEXT_NODE) return sayText(root);
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest(".kpi-chart, .kpi-parts, svg")) return;
  sayAttributes(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(".kpi-chart, .kpi-parts, svg")
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) sayText(node);
    else sayAttributes(node);
  }
}

// A theme comes with a class of its own; to ask the browser for a style after each change would make it style the page each time.
let worn;
function dress() {
  const app = document.querySelector("[data-testid=stApp]");
  if (!app || app.className === worn) return;
  app.classList.toggle("kpi-dark", getComputedStyle(app).colorScheme === "dark");
  worn = app.className;
}

// The first paint goes when the page itself says something, or Streamlit says why it can't.
const THERE = "[data-testid=stMain] :is(h1, [data-testid=stAlert], [data-testid=stProgress]), [role=dialog]";
const SETTLING = 150; // milliseconds from the title on: the head of the page follows it
const PATIENCE = 20_000; // milliseconds: whatever happens, nothing is covered for longer
let first = document.querySelector(".kpi-first");
let isGoing = false;
function uncover() {
  first?.remove();
  first = null;
}
setTimeout(uncover, PATIENCE);

new MutationObserver((changes) => {
  dress();
  if (first && !isGoing && document.querySelector(THERE)) {
    isGoing = true;
    setTimeout(uncover, SETTLING);
  }
  if (language() !== spoken) {
    spoken = language();
    document.documentElement.lang = spoken;
    sayAll(document.body);
  }
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(sayAll);
    else if (change.type === "characterData") sayText(change.target);
    else sayAttributes(change.target);
  }
}).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: SAID,
});
sayAll(document.body);
