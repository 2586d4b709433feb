// What is shown: all of it stands behind the # of the address, so that a link keeps it.

const DEFAULTS = {
  view: "curves",
  runs: null, // null: those that are chosen by themselves
  x: "step",
  smooth: 0.6,
  logy: false,
  logx: false,
  from: null,
  to: null,
  run: "",
  grid: "",
  filter: "",
};

const VIEWS = ["curves", "numbers", "run", "grid"];
const ACROSS = ["step", "tokens", "time"];
const listeners = [];

export let state = read();

function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  const number = (name, otherwise) => {
    const value = parseFloat(said.get(name));
    return Number.isFinite(value) ? value : otherwise;
  };
  const oneOf = (name, all) => (all.includes(said.get(name)) ? said.get(name) : all[0]);
  return {
    view: oneOf("view", VIEWS),
    runs: said.has("runs") ? said.getAll("runs").filter((id) => id !== "") : null,
    x: oneOf("x", ACROSS),
    smooth: Math.min(0.99, Math.max(0, number("smooth", DEFAULTS.smooth))),
    logy: said.get("logy") === "1",
    logx: said.get("logx") === "1",
    from: number("from", null),
    to: number("to", null),
    run: said.get("run") ?? "",
    grid: said.get("grid") ?? "",
    filter: said.get("filter") ?? "",
  };
}

export function link(changes) {
  const next = { ...state, ...changes };
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) {
    if (name === "runs") {
      if (value !== null) (value.length ? value : [""]).forEach((id) => said.append(name, id));
    } else if (value !== DEFAULTS[name]) {
      said.set(name, value === true ? "1" : value);
    }
  }
  return "#" + said;
}

// Changes what is shown; small changes, as of a slider, make no step of the browser's history.
export function show(changes, small = false) {
  const target = link(changes);
  if (target === location.hash || (target === "#" && location.hash === "")) return;
  history[small ? "replaceState" : "pushState"](null, "", target);
  changed();
}

export function onChange(listener) {
  listeners.push(listener);
}

function changed() {
  state = read();
  listeners.forEach((listener) => listener());
}

addEventListener("hashchange", changed);
addEventListener("popstate", changed);
