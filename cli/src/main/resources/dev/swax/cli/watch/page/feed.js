// What the server tells: runs and grids, kept up to date as long as it answers.

export const runs = new Map();
export const grids = new Map();
export let machine = {};

const listeners = [];

// Called with the names of those runs that have changed.
export function onNews(listener) {
  listeners.push(listener);
}

export function connect(tell) {
  const source = new EventSource("api/events");
  source.onopen = () => tell("live", false);
  source.onerror = () => tell("connection lost; trying again …", true);
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    const names = new Set(news.names);
    for (const id of [...runs.keys()]) if (!names.has("run " + id)) runs.delete(id);
    for (const id of [...grids.keys()]) if (!names.has("grid " + id)) grids.delete(id);
    news.runs.forEach((run) => runs.set(run.id, run));
    news.grids.forEach((grid) => grids.set(grid.id, grid));
    machine = news.machine;
    listeners.forEach((listener) => listener(new Set(news.runs.map((run) => run.id))));
    tell(news.complete ? "live" : "live; there are too many folders to look into all", false);
  };
}

export const sortedRuns = () => [...runs.values()].sort((a, b) => order(a.id, b.id));
export const sortedGrids = () => [...grids.values()].sort((a, b) => order(a.id, b.id));

const order = new Intl.Collator("en", { numeric: true }).compare;

// A run of a grid's cell is called by what stands in the grid's table; others by their folder.
export function label(id) {
  const cell = /^(?:(.*)\/)?cells\/([^/]+)\/run$/.exec(id);
  const grid = cell && grids.get(cell[1] ?? ".");
  const found = grid?.cells?.find((one) => one.id === cell[2]);
  return found ? `${shortest(cell[1] ?? "")}: ${found.column}, seed ${found.seed}` : shortest(id);
}

function shortest(id) {
  return id.replace(/^.*\/(?=[^/]+\/[^/]+$)/, "…/").replace(/^(runs|grids)\//, "");
}
