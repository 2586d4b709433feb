// One chart: a canvas with its legend, what is read at the pointer, and the same numbers as a table.

import { across as placed, color, dash, duration, element, number } from "./format.js";
import { Scale } from "./scale.js";
import { smoothed } from "./smooth.js";
import { legend, table, tip } from "./chart-text.js";

const MARGIN = { left: 52, right: 10, top: 8, bottom: 22 }; // on the left more where numbers are long
const FONT = "12px system-ui, 'DejaVu Sans', sans-serif";
const FEW = 100; // of fewer points all are seen, of more only what is smoothed
const MOST_BANDS = 8; // with more, the ranges of curves cover each other

export class Chart {
  // zoom(from, to): a part of it was chosen; speak(text): something was read out.
  constructor(title, { zoom, speak }) {
    this.title = title;
    this.zoom = zoom;
    this.speak = speak;
    this.series = [];
    this.canvas = element("canvas", { role: "img", tabindex: "0" });
    this.legend = element("ul", { class: "legend", "aria-hidden": "true" });
    this.rows = element("div", { class: "scroll" });
    this.details = element("details", {}, element("summary", {}, "as a table"), this.rows);
    this.tip = element("div", { class: "tip", hidden: "" });
    this.figure = element("figure", { class: "chart" });
    this.figure.append(element("figcaption", {}, title), this.canvas, this.legend, this.details, this.tip);
    this.details.addEventListener("toggle", () => this.fillTable());
    this.seen = true; // what is not on the screen is drawn when it comes there
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    new IntersectionObserver(([entry]) => {
      this.seen = entry.isIntersecting;
      this.draw();
    }).observe(this.canvas);
    this.listen();
  }

  // series: [{label, index, part, points: {x, low, high, mean}}]
  update(series, view) {
    this.view = view;
    this.series = series.map((one) => ({ ...one, line: smoothed(one.points.mean, view.smooth) }));
    this.canvas.setAttribute("aria-label", this.description());
    this.legend.replaceChildren(...legend(this.series));
    this.fillTable();
    this.draw();
  }

  description() {
    const few = this.series.slice(0, 10).map((one) => {
      const last = one.points.mean.findLast((value) => value !== null);
      return `${one.label}: last ${number(last)}`;
    });
    const more = this.series.length - few.length;
    return `${this.title}, ${this.series.length} curves. ${few.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
  }

  fillTable() {
    if (this.details.open) this.rows.replaceChildren(table(this.series, this.view));
  }

  draw() {
    if (!this.view || !this.seen || !this.canvas.clientWidth) return;
    const ratio = devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const g = this.canvas.getContext("2d");
    g.scale(ratio, ratio);
    g.font = FONT;
    this.scales(g, width, height);
    const style = getComputedStyle(document.documentElement);
    this.axes(g, width, height, style);
    g.save();
    g.beginPath();
    g.rect(this.left, MARGIN.top, width - this.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom);
    g.clip();
    if (this.series.length <= MOST_BANDS) this.series.forEach((one) => this.band(g, one));
    this.series.forEach((one) => this.curve(g, one));
    g.restore();
    if (this.cursor !== undefined) this.mark(g, height, style);
  }

  scales(g, width, height) {
    const { logx, logy, from, to } = this.view;
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { points, line } of this.series) {
      for (let i = 0; i < points.x.length; i++) {
        const x = points.x[i];
        if (logx && !(x > 0)) continue;
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x);
        if (line[i] === null || (from !== null && x < from) || (to !== null && x > to)) continue;
        if (logy && !(line[i] > 0)) continue;
        const raw = points.x.length <= FEW ? points.mean[i] : line[i];
        y0 = Math.min(y0, line[i], raw);
        y1 = Math.max(y1, line[i], raw);
      }
    }
    if (!logx) x0 = Math.min(x0, 0);
    x0 = from ?? x0;
    x1 = to ?? x1;
    if (logx && !(x0 > 0)) x0 = Math.min(1, x1 / 10);
    if (!(x1 >= x0)) [x0, x1] = [logx ? 1 : 0, logx ? 10 : 1];
    if (!(y1 >= y0)) [y0, y1] = [logy ? 1 : 0, logy ? 10 : 1];
    this.y = new Scale(y0, y1, height - MARGIN.bottom - 6, MARGIN.top + 6, logy);
    const labels = this.y.ticks(5).map(({ text }) => g.measureText(text).width);
    this.left = Math.max(MARGIN.left, Math.ceil(Math.max(0, ...labels)) + 8);
    this.x = new Scale(x0, x1, this.left, width - MARGIN.right, logx);
  }

  axes(g, width, height, style) {
    g.fillStyle = style.getPropertyValue("--quiet");
    g.strokeStyle = style.getPropertyValue("--line");
    g.lineWidth = 1;
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (const { value, text } of this.y.ticks(5)) {
      const at = Math.round(this.y.pixel(value)) + 0.5;
      if (at < MARGIN.top || at > height - MARGIN.bottom) continue;
      g.beginPath();
      g.moveTo(this.left, at);
      g.lineTo(width - MARGIN.right, at);
      g.stroke();
      g.fillText(text, this.left - 6, at);
    }
    g.textBaseline = "top";
    g.textAlign = "center";
    for (const { value, text } of this.x.ticks(Math.max(2, Math.floor(width / 90)))) {
      if (this.view.x !== "time" && !Number.isInteger(value)) continue;
      const at = this.x.pixel(value);
      const shown = this.view.x === "time" ? duration(value) : text;
      if (at > this.left - 1 && at < width - 14) g.fillText(shown, at, height - MARGIN.bottom + 6);
    }
    g.textAlign = "left";
    g.fillText(this.view.x, 2, height - MARGIN.bottom + 6);
    g.strokeStyle = style.getPropertyValue("--quiet");
    g.strokeRect(this.left + 0.5, height - MARGIN.bottom + 0.5, width - this.left - MARGIN.right, 0);
  }

  drawable = (x, y) => y !== null && (!this.view.logy || y > 0) && (!this.view.logx || x > 0);

  curve(g, { points, line, index, part }) {
    g.strokeStyle = color(index);
    g.lineWidth = this.series.length > 30 ? 1 : 1.6;
    if (line !== points.mean && this.series.length <= MOST_BANDS) {
      g.globalAlpha = 0.25;
      this.line(g, points.x, points.mean);
      g.globalAlpha = 1;
    }
    g.setLineDash(dash(index, part));
    this.line(g, points.x, line);
    g.setLineDash([]);
  }

  line(g, places, values) {
    g.beginPath();
    let joined = false;
    let alone = null;
    for (let i = 0; i <= values.length; i++) {
      const there = i < values.length && this.drawable(places[i], values[i]);
      if (!there) {
        if (alone) g.rect(alone[0] - 1, alone[1] - 1, 2, 2);
        joined = false;
        alone = null;
        continue;
      }
      const at = [this.x.pixel(places[i]), this.y.pixel(values[i])];
      if (joined) g.lineTo(...at);
      else g.moveTo(...at);
      alone = joined ? null : at;
      joined = true;
    }
    g.stroke();
  }

  // From the least to the greatest of what each point stands for.
  band(g, { points, line, index }) {
    g.fillStyle = color(index);
    g.globalAlpha = 0.16;
    let start = 0;
    for (let i = 0; i <= line.length; i++) {
      if (i < line.length && this.drawable(points.x[i], points.low[i])) continue;
      if (i - start > 1) {
        g.beginPath();
        for (let at = start; at < i; at++) g.lineTo(this.x.pixel(points.x[at]), this.y.pixel(points.high[at]));
        for (let at = i - 1; at >= start; at--) g.lineTo(this.x.pixel(points.x[at]), this.y.pixel(points.low[at]));
        g.fill();
      }
      start = i + 1;
    }
    g.globalAlpha = 1;
  }

  mark(g, height, style) {
    const at = Math.round(this.x.pixel(this.cursor)) + 0.5;
    g.strokeStyle = style.getPropertyValue("--quiet");
    g.beginPath();
    g.moveTo(at, MARGIN.top);
    g.lineTo(at, height - MARGIN.bottom);
    g.stroke();
    if (this.dragged !== undefined) {
      const other = this.x.pixel(this.dragged);
      g.globalAlpha = 0.15;
      g.fillStyle = style.getPropertyValue("--accent");
      g.fillRect(Math.min(at, other), MARGIN.top, Math.abs(at - other), height - MARGIN.top - MARGIN.bottom);
      g.globalAlpha = 1;
    }
    for (const { series, y, x } of this.near(this.cursor)) {
      g.fillStyle = color(series.index);
      g.beginPath();
      g.arc(this.x.pixel(x), this.y.pixel(y), 3, 0, 7);
      g.fill();
    }
  }

  // Of every curve the point that is nearest to a place.
  near(place) {
    return this.series.flatMap((series) => {
      const { x } = series.points;
      let low = 0;
      let high = x.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (x[middle] < place) low = middle + 1;
        else high = middle;
      }
      if (low > 0 && place - x[low - 1] < x[low] - place) low--;
      const y = series.line[low];
      return this.drawable(x[low], y ?? null) ? [{ series, x: x[low], y, raw: series.points.mean[low] }] : [];
    });
  }

  listen() {
    const place = (event) => this.x.value(event.clientX - this.canvas.getBoundingClientRect().left);
    this.canvas.addEventListener("pointermove", (event) => this.x && this.point(place(event), event));
    this.canvas.addEventListener("pointerleave", () => this.leave());
    this.canvas.addEventListener("blur", () => this.leave());
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch" && this.x) this.dragged = place(event);
    });
    this.canvas.addEventListener("pointerup", (event) => {
      const from = this.dragged;
      this.dragged = undefined;
      if (from === undefined) return;
      const to = place(event);
      if (Math.abs(this.x.pixel(from) - this.x.pixel(to)) > 6) this.zoom(Math.min(from, to), Math.max(from, to));
      else this.draw();
    });
    this.canvas.addEventListener("dblclick", () => this.zoom(null, null));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (!this.x || !this.seen) return;
    const { start, end } = this.x;
    const at = this.cursor === undefined ? (start + end) / 2 : this.x.pixel(this.cursor);
    const step = (end - start) / (event.shiftKey ? 10 : 50);
    const half = (end - start) / 2;
    const part = (share) => this.zoom(Math.max(0, this.x.value(at - half * share)), this.x.value(at + half * share));
    const actions = {
      ArrowLeft: () => this.point(this.x.value(Math.max(start, at - step)), null),
      ArrowRight: () => this.point(this.x.value(Math.min(end, at + step)), null),
      Home: () => this.point(this.x.value(start), null),
      End: () => this.point(this.x.value(end), null),
      "+": () => part(0.5),
      "-": () => part(2),
      0: () => this.zoom(null, null),
    };
    if (!actions[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    actions[event.key]();
  }

  point(place, pointer) {
    this.cursor = place;
    this.draw();
    const near = this.near(place);
    if (!near.length) {
      this.tip.hidden = true;
      return;
    }
    this.tip.replaceChildren(tip(near, placed(this.view.x, place)));
    this.tip.hidden = false;
    const left = this.canvas.offsetLeft + this.x.pixel(place) + 12;
    const fits = left + this.tip.offsetWidth < this.figure.clientWidth;
    this.tip.style.left = `${fits ? left : Math.max(4, left - 24 - this.tip.offsetWidth)}px`;
    this.tip.style.top = `${this.canvas.offsetTop + 8}px`;
    if (!pointer) {
      const told = near.slice(0, 5).map(({ series, y }) => `${series.label} ${number(y)}`);
      this.speak(`${placed(this.view.x, place)}: ${told.join(", ")}`);
    }
  }

  leave() {
    this.cursor = this.dragged = undefined;
    this.tip.hidden = true;
    this.draw();
  }
}
