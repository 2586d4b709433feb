// The lists at the side: runs to choose, and grids to open.

import { choose, chosen, indexOf, toggle } from "./choice.js";
import { grids, label, runs, sortedGrids, sortedRuns } from "./feed.js";
import { color, element, number } from "./format.js";
import { link, show, state } from "./view-state.js";

const items = new Map();
const list = document.getElementById("runs");
const gridList = document.getElementById("grids");
const filter = document.getElementById("filter");

const matches = (id) => (id + " " + label(id)).toLowerCase().includes(state.filter.toLowerCase());

export function drawLists() {
  const on = new Set(chosen());
  const shown = sortedRuns().filter((run) => matches(run.id));
  for (const [id, item] of items) {
    if (!runs.has(id)) {
      item.row.remove();
      items.delete(id);
    }
  }
  shown.forEach((run, at) => {
    if (!items.has(run.id)) items.set(run.id, make(run.id));
    const item = items.get(run.id);
    fill(item, run, on.has(run.id));
    if (list.children[at] !== item.row) list.insertBefore(item.row, list.children[at] ?? null);
  });
  while (list.children.length > shown.length) list.lastChild.remove();
  document.getElementById("no-runs").hidden = runs.size > 0;
  if (document.activeElement !== filter) filter.value = state.filter;
  drawGrids();
}

function make(id) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => toggle(id, box.checked));
  const name = element("span", { class: "name" });
  const open = element("a", { class: "state" });
  const facts = element("span", { class: "facts" });
  const progress = element("progress", { "aria-hidden": "true" });
  const row = element("li", { class: "item" }, element("label", {}, box, name), open, facts, progress);
  return { row, box, name, open, facts, progress };
}

function fill(item, run, on) {
  item.box.checked = on;
  text(item.name, label(run.id));
  item.name.title = run.id;
  item.name.style.setProperty("--swatch", on ? color(indexOf(run.id)) : "transparent");
  item.open.href = link({ view: "run", run: run.id });
  item.open.className = `state ${run.state}`;
  text(item.open, run.state);
  item.open.setAttribute("aria-label", `${label(run.id)}, ${run.state}: open`);
  item.facts.classList.toggle("trouble", Boolean(run.trouble));
  text(item.facts, facts(run));
  item.progress.hidden = run.state !== "running" || !run.steps;
  item.progress.max = run.steps || 1;
  item.progress.value = run.step;
}

function text(node, content) {
  if (node.textContent !== content) node.textContent = content;
}

function facts(run) {
  if (run.trouble) return run.trouble;
  const parts = [run.steps ? `step ${number(run.step)} of ${number(run.steps)}` : `step ${number(run.step)}`];
  if (run.last.loss !== undefined) parts.push(`loss ${number(run.last.loss)}`);
  if (run.last["validation/loss"] !== undefined) parts.push(`validation ${number(run.last["validation/loss"])}`);
  if (run.ended) parts.push("ended early");
  if (run.behind) parts.push("being read …");
  return parts.join(" · ");
}

function drawGrids() {
  document.getElementById("grids-heading").hidden = grids.size === 0;
  const rows = sortedGrids().map((grid) => {
    const cells = (grid.cells ?? []).filter((cell) => !cell.earlier);
    const done = cells.filter((cell) => cell.state === "done").length;
    const open = element("a", { href: link({ view: "grid", grid: grid.id }) }, label(grid.id));
    return element("li", { class: "item" }, open, element("span", { class: "facts" }, `${done} of ${cells.length} cells done`));
  });
  gridList.replaceChildren(...rows);
}

filter.addEventListener("input", () => show({ filter: filter.value }, true));
document.querySelector(".choose").addEventListener("click", (event) => {
  const what = event.target.dataset.choose;
  const shown = sortedRuns().filter((run) => matches(run.id));
  if (what === "shown") choose(shown.map((run) => run.id));
  if (what === "none") choose([]);
  if (what === "running") choose(shown.filter((run) => run.state === "running").map((run) => run.id));
});
addEventListener("keydown", (event) => {
  if (event.key === "/" && !["INPUT", "TEXTAREA"].includes(event.target.tagName)) {
    event.preventDefault();
    document.getElementById("side").open = true;
    filter.focus();
  }
});
