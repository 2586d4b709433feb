// All charts of the chosen runs: which there are, and when their curves are asked for again.

import { Chart } from "./chart.js";
import { label, runs } from "./feed.js";
import { chosen, indexOf } from "./choice.js";
import { onColors } from "./format.js";
import { show, state } from "./view-state.js";

const GIB = 2 ** 30;

// What each chart shows: the names of curves that it asks for, those of them that it takes, and
// whether their values are shown as they are.
const KINDS = [
  { title: "Training loss, nats per token", names: ["loss"], takes: /^loss$/ },
  { title: "Training loss by source", names: ["sources/"], takes: /^sources\/(.+)$/ },
  { title: "Validation loss, nats per token", names: ["validation/"], takes: /^validation\/(?:sources\/(.+)\/)?loss$/, exact: true },
  { title: "Validation scores", names: ["validation/"], takes: /^validation\/((?:sources\/.+\/)?metrics\/.+)$/, exact: true },
  { title: "Validation, bits per byte", names: ["validation/"], takes: /^validation\/(?:sources\/(.+)\/)?bits$/, exact: true },
  { title: "Learning rate", names: ["lr"], takes: /^lr$/, exact: true },
  { title: "Gradient norm", names: ["gradientNorm"], takes: /^gradientNorm$/ },
  { title: "Window drawn", names: ["windows/"], takes: /^windows\/(.+)$/, exact: true },
  { title: "Tokens per second", names: ["tokensPerSecond"], takes: /^tokensPerSecond$/ },
  { title: "Memory, GiB", names: ["residentBytes"], takes: /^residentBytes$/, unit: GIB, exact: true },
  { title: "z-loss", names: ["zLoss"], takes: /^zLoss$/ },
];
const NAMES = [...new Set(KINDS.flatMap((kind) => kind.names))];
const BATCH = 40;

const place = document.getElementById("charts");
const spoken = document.getElementById("spoken");
const charts = new Map();
const curves = new Map(); // as they were asked for last; those of before stay until the first answer
let asked = "";
let answered = "";
let drawn = state;
let wanted = new Set();
let busy = false;

const zoom = (from, to) => show({ from, to });
const speak = (text) => (spoken.textContent = text);

// Asks for the curves of these runs, or of all that are chosen where the view itself has changed.
export function refresh(changed) {
  if (state.view !== "curves") return;
  const other = query() !== asked;
  asked = query();
  for (const id of chosen()) if (other || !curves.has(id) || changed?.has(id)) wanted.add(id);
  redraw();
  ask();
}

function query() {
  const many = chosen().length;
  const points = many > 50 ? 150 : many > 12 ? 300 : 600;
  const said = new URLSearchParams({ x: state.x, points });
  if (state.from !== null) said.set("from", state.from);
  if (state.to !== null) said.set("to", state.to);
  NAMES.forEach((name) => said.append("name", name));
  return said.toString();
}

async function ask() {
  if (busy) return;
  busy = true;
  try {
    while (wanted.size) {
      const batch = [...wanted].slice(0, BATCH);
      batch.forEach((id) => wanted.delete(id));
      const view = asked;
      const ids = batch.map((id) => `&run=${encodeURIComponent(id)}`).join("");
      const answer = await fetch(`api/curves?${view}${ids}`);
      if (!answer.ok) throw new Error(await answer.text());
      const told = await answer.json();
      if (view === asked) take(view, told);
    }
  } catch (fault) {
    wanted.clear(); // the feed says that the connection is lost; its next news ask again
    console.warn("curves could not be read", fault);
  } finally {
    busy = false;
  }
}

function take(view, told) {
  if (view !== answered) curves.clear();
  answered = view;
  drawn = state;
  Object.entries(told).forEach(([id, found]) => curves.set(id, found));
  redraw();
}

let due = false;

export function redraw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    draw();
  });
}

function draw() {
  const ids = chosen().filter((id) => runs.has(id));
  document.getElementById("no-curves").hidden = ids.length > 0 || runs.size === 0;
  for (const kind of KINDS) {
    const series = ids.flatMap((id) => seriesOf(kind, id));
    if (!series.length) {
      charts.get(kind)?.figure.remove();
      continue;
    }
    if (!charts.has(kind)) charts.set(kind, new Chart(kind.title, { zoom, speak }));
    const chart = charts.get(kind);
    if (!chart.figure.isConnected) insert(kind, chart.figure);
    const { x, from, to } = drawn;
    chart.update(series, { ...state, x, from, to, smooth: kind.exact ? 0 : state.smooth });
  }
}

function insert(kind, figure) {
  const later = KINDS.slice(KINDS.indexOf(kind) + 1).map((other) => charts.get(other)?.figure);
  place.insertBefore(figure, later.find((other) => other?.isConnected) ?? null);
}

function seriesOf(kind, id) {
  const found = Object.entries(curves.get(id) ?? {}).filter(([name]) => kind.takes.test(name));
  return found.map(([name, points], part) => {
    const suffix = kind.takes.exec(name)[1];
    const own = label(id) + (suffix && found.length > 1 ? ` · ${suffix.replace("metrics/", "")}` : "");
    return { label: own, index: indexOf(id), part, points: kind.unit ? divided(points, kind.unit) : points };
  });
}

function divided(points, unit) {
  const by = (values) => values.map((value) => (value === null ? null : value / unit));
  return { x: points.x, low: by(points.low), high: by(points.high), mean: by(points.mean) };
}

onColors(redraw);
