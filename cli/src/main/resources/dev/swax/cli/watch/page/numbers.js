// The last numbers of the chosen runs, side by side.

import { chosen } from "./choice.js";
import { label, runs } from "./feed.js";
import { bytes, duration, element, number } from "./format.js";
import { link } from "./view-state.js";

const HIDDEN = /^(perplexity|flops|tokens)$|\/(tokens|bytes|documents|examples)$/;
const WORDS = { residentBytes: "memory", tokensPerSecond: "tokens/s", gradientNorm: "gradient norm", lr: "learning rate" };

export function drawNumbers(section) {
  const all = chosen().flatMap((id) => runs.get(id) ?? []);
  if (!all.length) {
    section.replaceChildren(element("p", { class: "empty" }, "Choose a run on the list."));
    return;
  }
  const names = [...new Set(all.flatMap((run) => Object.keys(run.last)))].filter((name) => !HIDDEN.test(name));
  const head = ["run", "state", "step", "tokens", "time", ...names.map((name) => WORDS[name] ?? name)];
  const rows = all.map((run) => {
    const cells = [run.state, `${number(run.step)}${run.steps ? ` of ${number(run.steps)}` : ""}`, number(run.tokens), duration(run.seconds)];
    names.forEach((name) => cells.push(name === "residentBytes" && run.last[name] ? bytes(run.last[name]) : number(run.last[name])));
    const name = element("th", { scope: "row" }, element("a", { href: link({ view: "run", run: run.id }) }, label(run.id)));
    return element("tr", {}, name, ...cells.map((cell) => element("td", {}, cell)));
  });
  const table = element("table", {},
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows));
  section.replaceChildren(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Last numbers" }, table));
}
