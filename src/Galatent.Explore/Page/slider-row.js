// A slider with the distribution of the data above it, its number, and what it is about.
import { make, svg } from './dom.js';
import { fixed } from './format.js';

const Bins = 40;
const Steps = 400;

// Counts of values in equal bins from low to high.
export function binned(values, low, high, bins = Bins) {
  const counts = new Array(bins).fill(0);
  const factor = bins / (high - low);
  for (const v of values) {
    const bin = Math.floor((v - low) * factor);
    if (bin >= 0 && bin < bins) counts[bin]++;
    else if (v === high) counts[bins - 1]++;
  }
  return counts;
}

// Steps of a histogram as the path of an area, 1000 by 100.
export function areaOf(counts, from = 0, to = 1000, most = Math.max(...counts, 1)) {
  const width = (to - from) / counts.length;
  const tops = counts.map(
    (c, i) => `L${(from + i * width).toFixed(1)} ${(100 - (96 * c) / most).toFixed(1)}H${(from + (i + 1) * width).toFixed(1)}`,
  );
  return `M${from} 100${tops.join('')}V100Z`;
}

export class SliderRow {
  // low, high: range of the data; beyond: how far the slider goes past it, as a share; changed: called with the value.
  constructor({ name, label, about, extra = '', low, high, beyond = 0.12, digits = 2, changed, play }) {
    const past = beyond * (high - low);
    Object.assign(this, { name, label, low, high, from: low - past, to: high + past, digits, changed });
    this.mark = svg('path', { class: 'mark', 'vector-effect': 'non-scaling-stroke' });
    this.area = svg('path', { class: 'area' });
    this.picture = svg('svg', { viewBox: '0 0 1000 100', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, this.area, this.mark);
    this.input = make('input', {
      type: 'range',
      min: this.from,
      max: this.to,
      step: (this.to - this.from) / Steps,
      'aria-label': label,
      'data-name': name,
      on: { input: () => this.moved(Number(this.input.value)), keydown: event => this.key(event) },
    });
    this.box = make('input', {
      type: 'number',
      step: 'any',
      'aria-label': `${label}, as a number`,
      css: 'number',
      on: { change: () => this.typed(Number(this.box.value)) },
    });
    this.about = make('span', { css: 'about', text: about, title: about });
    this.element = make(
      'div',
      { css: 'slider' },
      make(
        'div',
        { css: 'head' },
        make('b', { text: label }),
        make('span', { css: 'soft', text: extra }),
        make('span', { css: 'space' }),
        this.box,
        ...(play ? [play] : []),
      ),
      this.about,
      make('div', { css: 'track' }, this.picture, this.input),
    );
  }

  // The distribution of the data; sorted values say how many galaxies lie below.
  distribution(values) {
    const x = v => (1000 * (v - this.from)) / (this.to - this.from);
    this.area.setAttribute('d', areaOf(binned(values, this.low, this.high), x(this.low), x(this.high)));
    const step = Math.max(1, Math.floor(values.length / 20_000));
    this.sorted = Float32Array.from({ length: Math.floor(values.length / step) }, (_, i) => values[i * step]).sort();
    this.tell();
  }

  start(value) {
    if (value === this.startValue) return;
    this.startValue = value;
    const x = (1000 * (value - this.from)) / (this.to - this.from);
    this.mark.setAttribute('d', `M${x} 0V100`);
  }

  // A row that stays as it is costs nothing to draw again.
  follow(value) {
    if (value !== this.value) this.set(value);
  }

  set(value) {
    this.value = value;
    this.input.value = value;
    if (document.activeElement !== this.box) this.box.value = value.toFixed(this.digits + 1);
    this.tell();
  }

  tell() {
    if (this.value === undefined) return;
    const isOutside = this.value < this.low - 1e-6 || this.value > this.high + 1e-6;
    this.element.classList.toggle('outside', isOutside);
    this.input.setAttribute(
      'aria-valuetext',
      `${this.label} ${fixed(this.value, this.digits)}, ${isOutside ? 'outside the data' : this.rank()}`,
    );
  }

  rank() {
    if (!this.sorted) return '';
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < this.value) low = middle + 1;
      else high = middle;
    }
    return `above ${Math.round((100 * low) / this.sorted.length)} % of galaxies`;
  }

  // What was typed stays only as far as the slider goes.
  typed(value) {
    this.moved(this.box.value === '' ? NaN : value);
    if (this.value !== undefined) this.box.value = this.value.toFixed(this.digits + 1);
  }

  moved(value) {
    if (!Number.isFinite(value)) return;
    const kept = Math.max(this.from, Math.min(this.to, value));
    this.set(kept);
    this.changed(kept);
  }

  // Arrows: one per cent. Page keys: ten.
  key(event) {
    const share = { ArrowRight: 0.01, ArrowUp: 0.01, ArrowLeft: -0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 }[event.key];
    if (!share) return;
    event.preventDefault();
    this.moved(this.value + share * (this.to - this.from));
  }
}
