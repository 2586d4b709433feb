// One run: where it stands, its settings, its log and its sample.

import { label, runs } from "./feed.js";
import { duration, element, number } from "./format.js";
import { link, state } from "./view-state.js";

let shown = "";
let told = null;
let due = 0;
let waiting = 0;

export async function drawRun(section, changed) {
  const run = runs.get(state.run);
  if (!run) {
    shown = "";
    section.replaceChildren(element("p", { class: "empty" }, state.run ? `There is no run ${state.run} here.` : "Open a run from the list: its state is a link."));
    return;
  }
  const other = shown !== run.id;
  if (!other && told && changed && !changed.has(run.id)) return;
  if (!other && Date.now() < due) { // a log is long: it is asked for every two seconds at most
    waiting ||= setTimeout(() => drawRun(section, new Set([run.id])), due - Date.now());
    return;
  }
  clearTimeout(waiting);
  waiting = 0;
  due = Date.now() + 2000;
  shown = run.id;
  const answer = await fetch(`api/run?run=${encodeURIComponent(run.id)}`);
  if (!answer.ok || shown !== run.id) return;
  told = await answer.json();
  draw(section, runs.get(run.id) ?? run);
}

function draw(section, run) {
  const log = element("pre", { tabindex: "0", "aria-label": "Log" }, told.log || "nothing yet");
  const before = section.querySelector("pre");
  const atEnd = !before || before.scrollTop + before.clientHeight > before.scrollHeight - 8;
  const kept = before?.scrollTop ?? 0;
  const folded = section.querySelector("details")?.open ?? true;
  const settings = element("details", folded ? { open: "" } : {}, element("summary", {}, "Settings"), table(told.settings));
  section.replaceChildren(
    element("h2", {}, label(run.id), " ", element("span", { class: run.state }, run.state)),
    element("p", {}, where(run), " ", element("a", { href: link({ view: "curves", runs: [run.id] }) }, "only its curves")),
    ...(run.ended ? [element("p", {}, `It ${run.ended}.`)] : []),
    ...(run.trouble ? [element("p", { class: "trouble" }, run.trouble)] : []),
    ...(run.damaged ? [element("p", { class: "trouble" }, `Damaged lines of metrics.jsonl, shown as gaps: ${run.damaged}`)] : []),
    ...validation(run),
    element("h2", {}, "Log"), log,
    ...(told.sample ? [element("h2", {}, "Sample"), element("pre", { tabindex: "0", "aria-label": "Sample" }, told.sample)] : []),
    settings);
  log.scrollTop = atEnd ? log.scrollHeight : kept;
}

// Every number of the last validation, also of each source and metric.
function validation(run) {
  const values = Object.entries(run.last).filter(([path]) => path.startsWith("validation/"));
  if (!values.length) return [];
  return [element("h2", {}, "Last validation"), table(Object.fromEntries(values.map(([path, value]) => [path.slice(11), number(value)])))];
}

function where(run) {
  const steps = run.steps ? ` of ${number(run.steps)}` : "";
  return `${run.id}: step ${number(run.step)}${steps}, ${number(run.tokens)} tokens, ${duration(run.seconds)} since its first step.`;
}

function table(settings) {
  const rows = Object.entries(settings).map(([path, value]) =>
    element("tr", {}, element("th", { scope: "row" }, path), element("td", {}, value)));
  return element("div", { class: "scroll settings" }, element("table", {}, element("tbody", {}, ...rows)));
}
