// Ties the parts of the page together: news and changes of the view lead to drawing.

import { redraw, refresh } from "./charts.js";
import { connect, machine, onNews } from "./feed.js";
import { bytes } from "./format.js";
import { drawGrid } from "./grid-view.js";
import { drawLists } from "./lists.js";
import { drawNumbers } from "./numbers.js";
import { drawRun } from "./run-view.js";
import { link, onChange, show, state } from "./view-state.js";

const SECTIONS = ["curves", "numbers", "run", "grid"];
const at = (id) => document.getElementById(id);
const connection = at("connection");

function drawView(changed) {
  for (const name of SECTIONS) at(name).hidden = state.view !== name;
  document.querySelectorAll(".views a").forEach((a) => {
    a.href = link({ view: a.dataset.view });
    if (a.dataset.view === state.view) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  });
  if (state.view === "numbers") drawNumbers(at("numbers"));
  if (state.view === "run") drawRun(at("run"), changed);
  if (state.view === "grid") drawGrid(at("grid"));
  refresh(changed);
}

function drawTools() {
  at("across").value = state.x;
  at("smooth").value = state.smooth;
  at("smooth-value").textContent = state.smooth ? state.smooth.toFixed(2) : "none";
  at("logy").checked = state.logy;
  at("logx").checked = state.logx;
  at("unzoom").hidden = state.from === null && state.to === null;
}

function drawMachine() {
  const used = machine.memory - machine.freeMemory;
  const parts = [`${machine.cores} cores`];
  if (machine.load !== undefined) parts.push(`${Math.round(machine.load * 100)}% busy`);
  parts.push(`memory ${bytes(used)} of ${bytes(machine.memory)}`);
  if (machine.freeDisk !== undefined) parts.push(`disk ${bytes(machine.freeDisk)} free`);
  at("machine").textContent = parts.join(" · ");
}

at("across").addEventListener("change", (event) => show({ x: event.target.value, from: null, to: null }));
at("smooth").addEventListener("input", (event) => show({ smooth: Number(event.target.value) }, true));
at("logy").addEventListener("change", (event) => show({ logy: event.target.checked }));
at("logx").addEventListener("change", (event) => show({ logx: event.target.checked }));
at("unzoom").addEventListener("click", () => show({ from: null, to: null }));
document.querySelector(".tools").addEventListener("submit", (event) => event.preventDefault());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  at("main").focus();
});
if (matchMedia("(max-width: 56rem)").matches) at("side").open = false;

onChange(() => {
  drawTools();
  drawLists();
  drawView(null);
  redraw();
});
onNews((changed) => {
  drawMachine();
  drawLists();
  drawView(changed);
});
drawTools();
drawView(null);
connect((text, lost) => {
  if (connection.textContent !== text) connection.textContent = text;
  connection.classList.toggle("lost", lost);
});
