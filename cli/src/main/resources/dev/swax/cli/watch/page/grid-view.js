// A grid: its table, which fills cell by cell.

import { grids, label, sortedGrids } from "./feed.js";
import { duration, element, number } from "./format.js";
import { link, state } from "./view-state.js";

const STATES = { done: "done", running: "running", failed: "failed", interrupted: "waiting", "to run": "waiting" };

export function drawGrid(section) {
  const grid = grids.get(state.grid) ?? sortedGrids()[0];
  if (!grid) {
    section.replaceChildren(element("p", { class: "empty" }, "There is no grid here. ", element("code", {}, "swax grid run FILE"), " makes one."));
    return;
  }
  const cells = (grid.cells ?? []).filter((cell) => !cell.earlier);
  const focused = document.activeElement?.closest?.("#grid a")?.getAttribute("href");
  section.replaceChildren(
    element("h2", {}, label(grid.id)),
    ...(grid.trouble ? [element("p", { class: "trouble" }, grid.trouble)] : []),
    summary(cells),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Cells of ${label(grid.id)}` }, table(grid, cells)),
    ...failures(cells));
  if (focused) [...section.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)?.focus();
}

function summary(cells) {
  const count = (kind) => cells.filter((cell) => STATES[cell.state] === kind).length;
  const spent = cells.reduce((sum, cell) => sum + (cell.seconds ?? 0), 0);
  const parts = [`${count("done")} of ${cells.length} cells done`];
  if (count("running")) parts.push(`${count("running")} running`);
  if (count("failed")) parts.push(`${count("failed")} failed`);
  if (spent) parts.push(`${duration(spent)} computed so far`);
  const bar = element("progress", { max: cells.length || 1, "aria-hidden": "true" });
  bar.value = count("done");
  return element("p", {}, parts.join(", ") + ". ", bar);
}

function table(grid, cells) {
  const rows = [...new Set(cells.map((cell) => cell.what))];
  const columns = [...new Set(cells.map((cell) => cell.column))];
  const head = element("tr", {}, element("th", { scope: "col" }, ""), ...columns.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map((what) => {
    const places = columns.map((column) => {
      const here = cells.filter((cell) => cell.what === what && cell.column === column);
      return element("td", {}, ...here.map((cell) => one(grid, cell)));
    });
    return element("tr", {}, element("th", { scope: "row" }, what), ...places);
  });
  return element("table", { class: "grid" }, element("thead", {}, head), element("tbody", {}, ...body));
}

function one(grid, cell) {
  const value = cell.value !== undefined ? number(cell.value) + (cell.error ? ` ± ${number(cell.error)}` : "") : cell.state;
  const details = [`seed ${cell.seed}`, cell.state, cell.metric, cell.detail].filter(Boolean).join(", ");
  const shown = `cell ${STATES[cell.state] ?? "waiting"}`;
  const name = `${details}: ${value}`;
  return cell.run
    ? element("a", { class: shown, title: details, "aria-label": name, href: link({ view: "run", run: path(grid, cell) }) }, value)
    : element("span", { class: shown, title: details }, value, element("span", { class: "unseen" }, ` (${details})`));
}

const path = (grid, cell) => `${grid.id === "." ? "" : grid.id + "/"}cells/${cell.id}/run`;

function failures(cells) {
  const failed = cells.filter((cell) => cell.state === "failed");
  if (!failed.length) return [];
  const items = failed.map((cell) => element("li", { class: "trouble" }, `${cell.what}, ${cell.column}, seed ${cell.seed}: ${cell.detail}`));
  return [element("h2", {}, "Failed"), element("ul", {}, ...items)];
}
