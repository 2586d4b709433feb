// Which runs are chosen, and the look that each has everywhere.

import { runs, sortedRuns } from "./feed.js";
import { show, state } from "./view-state.js";

const BY_ITSELF = 6;

// What the address says; where it says nothing, those that are running, and the first few.
export function chosen() {
  if (state.runs !== null) return state.runs;
  const all = sortedRuns().filter((run) => run.step > 0);
  const running = all.filter((run) => run.state === "running");
  const others = all.filter((run) => run.state !== "running");
  return [...running, ...others].slice(0, Math.max(BY_ITSELF, running.length)).map((run) => run.id);
}

export function choose(ids) {
  show({ runs: [...new Set(ids)] });
}

export function toggle(id, on) {
  const now = chosen().filter((other) => other !== id);
  choose(on ? [...now, id] : now);
}

// Once a run has a look, it keeps it, whatever comes and goes beside it.
const looks = new Map();

export function indexOf(id) {
  if (!looks.has(id)) {
    for (const run of sortedRuns()) if (!looks.has(run.id)) looks.set(run.id, looks.size);
  }
  return looks.get(id) ?? 0;
}

export const known = (id) => runs.has(id);
