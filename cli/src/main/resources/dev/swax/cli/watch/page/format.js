// Numbers, times and colours as they are shown.

export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(3).replace("e+", "e");
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return size >= 1000 ? Math.round(value).toLocaleString("en") : String(+value.toPrecision(5));
}

export function bytes(value) {
  return `${(value / 2 ** 30).toFixed(value < 2 ** 33 ? 2 : 1)} GiB`;
}

export function duration(seconds) {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

export function across(kind, value) {
  return kind === "time" ? duration(value) : `${kind} ${number(value)}`;
}

const LIGHT = ["#0072b2", "#c44e00", "#00795b", "#a8327a", "#8a6a00", "#4a4a4a", "#5a5fc7", "#2a7f92"];
const DARK = ["#5cb8ff", "#ff9c5a", "#4fd1a5", "#f28cc6", "#e3c04d", "#c8cdd4", "#a5a9ff", "#6fd3e0"];
const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3]];
const dark = matchMedia("(prefers-color-scheme: dark)");

export const color = (index) => (dark.matches ? DARK : LIGHT)[index % LIGHT.length];

// Each round through the colours has other dashes, so that colour alone never decides.
export const dash = (index, part = 0) => DASHES[(Math.floor(index / LIGHT.length) + part) % DASHES.length];

export const onColors = (listener) => dark.addEventListener("change", listener);

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
