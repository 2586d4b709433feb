// What stands around a chart as text: its legend, the values at the pointer, and a table.

import { across as placed, color, dash, element, number } from "./format.js";

const MOST_NAMED = 12;
const ROWS = 20;

export function legend(series) {
  const named = series.slice(0, MOST_NAMED).map(({ label, index, part }) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 8");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const look = { d: "M0 4H24", stroke: color(index), "stroke-width": 2.5, "stroke-dasharray": dash(index, part).join(" ") };
    for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
    svg.append(line);
    return element("li", {}, svg, label);
  });
  const more = series.length - MOST_NAMED;
  return more > 0 ? [...named, element("li", {}, `and ${more} more`)] : named;
}

export function tip(near, place) {
  const rows = near.slice(0, MOST_NAMED).map(({ series, y, raw }) => {
    const dot = element("i");
    dot.style.background = color(series.index);
    const both = y !== raw ? ` (${number(raw)})` : "";
    return element("tr", {}, element("td", {}, dot), element("th", {}, series.label), element("td", {}, number(y) + both));
  });
  const made = element("div", {}, place, element("table", {}, element("tbody", {}, ...rows)));
  if (near.length > MOST_NAMED) made.append(`and ${near.length - MOST_NAMED} more`);
  return made;
}

// About as many rows as fit, evenly spread, each with the values as they are, not smoothed.
export function table(series, view) {
  const head = element("tr", {}, element("th", { scope: "col" }, view.x));
  series.forEach((one) => head.append(element("th", { scope: "col" }, one.label)));
  const longest = series.reduce((best, one) => (one.points.x.length > best.length ? one.points.x : best), []);
  const every = Math.max(1, Math.ceil(longest.length / ROWS));
  const places = longest.filter((_, i) => i % every === every - 1 || i === longest.length - 1);
  const body = element("tbody");
  for (const place of places) {
    const row = element("tr", {}, element("th", { scope: "row" }, placed(view.x, place).replace(/^\w+ (?=\d)/, "")));
    series.forEach((one) => row.append(element("td", {}, number(valueAt(one.points, place)))));
    body.append(row);
  }
  return element("table", {}, element("thead", {}, head), body);
}

function valueAt({ x, mean }, place) {
  const at = x.findLastIndex((value) => value <= place);
  return at < 0 || x.at(-1) < place ? null : mean[at];
}
