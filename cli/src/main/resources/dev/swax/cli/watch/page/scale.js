// From values to pixels and back, with ticks.

export class Scale {
  constructor(from, to, start, end, logarithmic) {
    this.log = logarithmic;
    let [low, high] = logarithmic ? [Math.log10(from), Math.log10(to)] : [from, to];
    if (!(high - low > Math.abs(high) * 1e-9)) {
      const half = Math.abs(low) * 0.05 || 0.5;
      [low, high] = [low - half, high + half];
    }
    Object.assign(this, { low, high, start, end });
  }

  pixel(value) {
    const at = this.log ? Math.log10(value) : value;
    return this.start + ((at - this.low) / (this.high - this.low)) * (this.end - this.start);
  }

  value(pixel) {
    const at = this.low + ((pixel - this.start) / (this.end - this.start)) * (this.high - this.low);
    return this.log ? 10 ** at : at;
  }

  ticks(about) {
    return this.log ? this.powers(about) : this.even(about);
  }

  even(about) {
    const rough = (this.high - this.low) / about;
    const power = 10 ** Math.floor(Math.log10(rough));
    const rest = rough / power;
    const step = power * (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10);
    const ticks = [];
    for (let i = Math.ceil(this.low / step); i * step <= this.high + step * 1e-9; i++) {
      ticks.push({ value: i * step, text: tick(i * step, step) });
    }
    return ticks;
  }

  powers(about) {
    const span = this.high - this.low;
    if (span < 1) {
      const plain = new Scale(10 ** this.low, 10 ** this.high, 0, 1, false);
      return plain.even(about).filter((one) => one.value > 0);
    }
    const every = Math.max(1, Math.round(span / about));
    const parts = span < 3 ? [1, 2, 5] : [1];
    const ticks = [];
    for (let power = Math.floor(this.low); power <= this.high; power += every) {
      for (const part of parts) {
        const value = part * 10 ** power;
        const at = Math.log10(value);
        if (at >= this.low - 1e-9 && at <= this.high + 1e-9) ticks.push({ value, text: tick(value, value) });
      }
    }
    return ticks;
  }
}

const UNITS = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];

function tick(value, step) {
  const size = Math.abs(value);
  const [unit, letter] = UNITS.find(([limit]) => size >= limit && step >= limit / 1000) ?? [1, ""];
  const decimals = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  if (decimals > 5 && size < 1e-3) {
    if (size === 0) return "0";
    return value.toExponential(Math.max(0, decimals + Math.floor(Math.log10(size) + 1e-9)));
  }
  return (value / unit).toFixed(Math.min(decimals, 9)).replace("-", "−") + letter;
}
