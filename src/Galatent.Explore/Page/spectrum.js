// Spectra above, their residual or change below. Every pixel is drawn: where several share a column, from its least to its largest.
import { oncePerFrame, penOf, theme } from './dom.js';
import { fixed, short, ticks } from './format.js';
import { labelled, pixelOf } from './line-labels.js';
import { listenTo } from './spectrum-input.js';

const Lower = 0.3;
const Floor = 3e-3;

export class SpectrumView extends EventTarget {
  constructor(canvas, run) {
    super();
    Object.assign(this, { canvas, run, wavelength: Float64Array.from(run.wavelength), curves: [], lower: null, isLog: true, redshift: 0 });
    this.draw = oncePerFrame(() => this.drawNow());
    this.showAll();
    listenTo(this);
  }

  // curves: [{ name, flux, colour, width, dash, low, high, mask }]; lower: { name, values, colour } or null.
  // isNew: the numbers have just come, and are drawn before the next frame begins, so that this frame shows them.
  show(curves, lower, isNew) {
    Object.assign(this, { curves, lower });
    if (isNew) this.draw.now();
    else this.draw();
  }

  showAll() {
    this.zoomTo(this.wavelength[0], this.wavelength[this.wavelength.length - 1]);
  }

  // At rest, whatever the axis shows; a zoom survives a change of the galaxy.
  zoomTo(first, last) {
    const [least, most] = [this.wavelength[0], this.wavelength[this.wavelength.length - 1]];
    const span = Math.min(most - least, Math.max(last - first, 30));
    this.first = Math.min(Math.max(first, least), most - span);
    this.last = this.first + span;
    this.begin = Math.max(0, pixelOf(this.wavelength, this.first) - 1);
    this.end = Math.min(this.wavelength.length, pixelOf(this.wavelength, this.last) + 2);
    this.draw();
  }

  get isWhole() {
    return this.last - this.first > 0.999 * (this.wavelength[this.wavelength.length - 1] - this.wavelength[0]);
  }

  drawNow(pen = penOf(this.canvas), width = this.canvas.clientWidth, height = this.canvas.clientHeight) {
    if (width < 60 || height < 60) return;
    const began = performance.now();
    Object.assign(pen, { lineJoin: 'round', font: `12px ${theme('font')}` });
    // Room for the longest label.
    const top = 14 + Math.max(0, ...this.shownLines().map(l => pen.measureText(l.label).width));
    Object.assign(this, { pen, left: 74, right: width - 12, top, foot: height - 38 });
    const room = this.foot - this.top;
    this.middle = Math.round(this.top + room * (1 - Lower)) - 8;
    this.lowerTop = this.middle + 14;
    this.limits();
    this.lines();
    this.clipped(this.top, this.middle, () => this.curves.forEach(c => this.curve(c)));
    this.cut();
    this.drawLower();
    this.axes();
    this.lastMilliseconds = performance.now() - began;
    this.dispatchEvent(new Event('drawn'));
  }

  // Linear: 0.5 to 99.5 % of the good pixels, so that one bad or bright pixel does not set the axis. Logarithmic: all of them.
  limits() {
    const good = [];
    for (const { flux, mask } of this.curves) {
      for (let p = this.begin; p < this.end; p++) if (!(mask?.[p] > 0) && Number.isFinite(flux[p])) good.push(flux[p]);
    }
    const sorted = Float32Array.from(good).sort();
    if (sorted.length === 0) {
      Object.assign(this, { low: 0, high: 1 });
      return;
    }
    const at = share => sorted[Math.round(share * (sorted.length - 1))];
    if (this.isLog) {
      const least = Math.max(Floor, sorted.find(v => v > 0) ?? Floor, at(0.001));
      this.low = Math.log10(least) - 0.08;
      this.high = Math.max(Math.log10(Math.max(at(1), least * 2)) + 0.08, this.low + 0.3);
    } else {
      const [low, high] = this.isWhole ? [at(0.005), at(0.995)] : [at(0), at(1)];
      const margin = 0.08 * (high - low) || 0.5;
      Object.assign(this, { low: Math.min(low - margin, this.isWhole ? 0 : low - margin), high: high + margin });
    }
  }

  x(angstrom) {
    return this.left + ((angstrom - this.first) / (this.last - this.first)) * (this.right - this.left);
  }

  angstrom(x) {
    return this.first + ((x - this.left) / (this.right - this.left)) * (this.last - this.first);
  }

  y(flux) {
    const value = this.isLog ? Math.log10(Math.max(flux, 1e-9)) : flux;
    return this.middle - ((value - this.low) / (this.high - this.low)) * (this.middle - this.top);
  }

  clipped(top, bottom, paint) {
    const { pen } = this;
    pen.save();
    pen.beginPath();
    pen.rect(this.left, top, this.right - this.left, bottom - top);
    pen.clip();
    paint();
    pen.restore();
  }

  // Gaps break the line.
  path(values, mask, y) {
    const { pen } = this;
    const many = this.end - this.begin > 1.5 * (this.right - this.left);
    pen.beginPath();
    let isDown = false;
    let column = -1;
    let least = 0;
    let most = 0;
    const finish = () => {
      if (column < 0) return;
      pen.lineTo(column + 0.5, y(least));
      if (most !== least) pen.lineTo(column + 0.5, y(most));
      column = -1;
    };
    for (let p = this.begin; p < this.end; p++) {
      const value = values[p];
      if (mask?.[p] > 0 || !Number.isFinite(value)) {
        finish();
        isDown = false;
        continue;
      }
      const x = this.x(this.wavelength[p]);
      if (!isDown) pen.moveTo(x, y(value));
      isDown = true;
      if (!many) {
        pen.lineTo(x, y(value));
      } else if (Math.floor(x) !== column) {
        finish();
        column = Math.floor(x);
        least = most = value;
      } else {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    finish();
  }

  curve({ flux, colour, width = 1.3, dash = [], mask, low, high }) {
    const { pen } = this;
    if (low) this.band(low, high, colour);
    Object.assign(pen, { strokeStyle: colour, lineWidth: width });
    pen.setLineDash(dash);
    this.path(flux, mask, v => this.y(v));
    pen.stroke();
    pen.setLineDash([]);
  }

  band(low, high, colour) {
    const { pen } = this;
    pen.beginPath();
    for (let p = this.begin; p < this.end; p++) if (Number.isFinite(high[p])) pen.lineTo(this.x(this.wavelength[p]), this.y(high[p]));
    for (let p = this.end - 1; p >= this.begin; p--) if (Number.isFinite(low[p])) pen.lineTo(this.x(this.wavelength[p]), this.y(low[p]));
    pen.closePath();
    Object.assign(pen, { fillStyle: colour, globalAlpha: 0.22 });
    pen.fill();
    pen.globalAlpha = 1;
  }

  // Lines that the axis cuts are marked at its top.
  cut() {
    if (this.isLog || this.curves.length === 0) return;
    const { pen } = this;
    const { flux, colour } = this.curves[0];
    pen.fillStyle = colour;
    let last = -10;
    for (let p = this.begin; p < this.end; p++) {
      const x = this.x(this.wavelength[p]);
      if (flux[p] <= this.high || x - last < 7) continue;
      last = x;
      pen.beginPath();
      pen.moveTo(x - 3.5, this.top + 7);
      pen.lineTo(x + 3.5, this.top + 7);
      pen.lineTo(x, this.top + 1);
      pen.fill();
    }
  }

  drawLower() {
    const { pen, lower } = this;
    this.span = 0.02;
    if (!lower) return;
    const sizes = [];
    for (let p = this.begin; p < this.end; p++)
      if (Number.isFinite(lower.values[p]) && !(lower.mask?.[p] > 0)) sizes.push(Math.abs(lower.values[p]));
    sizes.sort((a, b) => a - b);
    this.span = Math.max(1.25 * (sizes[Math.round(0.995 * (sizes.length - 1))] ?? 0), 0.004);
    const zero = this.yLower(0);
    this.clipped(this.lowerTop, this.foot, () => {
      Object.assign(pen, { strokeStyle: theme('line'), lineWidth: 1 });
      pen.beginPath();
      pen.moveTo(this.left, zero);
      pen.lineTo(this.right, zero);
      pen.stroke();
      if (lower.error) this.bandOfError(lower.error);
      Object.assign(pen, { strokeStyle: lower.colour, lineWidth: 1.1 });
      this.path(lower.values, lower.mask, v => this.yLower(v));
      pen.stroke();
    });
  }

  bandOfError(error) {
    const { pen } = this;
    pen.beginPath();
    for (let p = this.begin; p < this.end; p++)
      if (Number.isFinite(error[p])) pen.lineTo(this.x(this.wavelength[p]), this.yLower(error[p]));
    for (let p = this.end - 1; p >= this.begin; p--)
      if (Number.isFinite(error[p])) pen.lineTo(this.x(this.wavelength[p]), this.yLower(-error[p]));
    pen.closePath();
    Object.assign(pen, { fillStyle: theme('soft'), globalAlpha: 0.2 });
    pen.fill();
    pen.globalAlpha = 1;
  }

  yLower(value) {
    const centre = (this.lowerTop + this.foot) / 2;
    return centre - (Math.max(-1.2, Math.min(1.2, value / this.span)) * (this.foot - this.lowerTop)) / 2;
  }

  shownLines() {
    return this.isWhole ? this.run.lines : this.run.closeLines;
  }

  lines() {
    const { pen } = this;
    const flux = this.curves[0]?.flux;
    if (!flux) return;
    const contrast = angstrom => {
      const p = pixelOf(this.wavelength, angstrom);
      const around = Array.from(flux.slice(Math.max(0, p - 25), p + 26)).sort((a, b) => a - b);
      return Math.max(...flux.slice(Math.max(0, p - 1), p + 2)) / Math.max(around[around.length >> 1], 1e-3);
    };
    const kept = labelled(this.shownLines(), {
      first: this.first,
      last: this.last,
      x: a => this.x(a),
      room: 14,
      left: this.left,
      right: this.right,
      contrast,
    });
    Object.assign(pen, { textAlign: 'left', textBaseline: 'middle', lineWidth: 1 });
    for (const { label, at, place } of kept) {
      Object.assign(pen, { strokeStyle: theme('line'), globalAlpha: 0.6 });
      pen.beginPath();
      pen.moveTo(at, this.foot);
      pen.lineTo(at, this.top);
      pen.lineTo(place, this.top - 7);
      pen.stroke();
      pen.globalAlpha = 1;
      pen.fillStyle = theme('soft');
      pen.save();
      pen.translate(place, this.top - 10);
      pen.rotate(-Math.PI / 2);
      pen.fillText(label, 0, 0);
      pen.restore();
    }
    this.labels = kept;
  }

  axes() {
    const { pen } = this;
    Object.assign(pen, { strokeStyle: theme('soft'), fillStyle: theme('soft'), lineWidth: 1, textAlign: 'center', textBaseline: 'top' });
    for (const [top, bottom] of [
      [this.top, this.middle],
      [this.lowerTop, this.foot],
    ]) {
      pen.strokeRect(Math.round(this.left) + 0.5, Math.round(top) + 0.5, Math.round(this.right - this.left) - 1, Math.round(bottom - top));
    }
    const stretch = 1 + this.redshift;
    for (const [value, text] of ticks(this.first * stretch, this.last * stretch, (this.right - this.left) / 80)) {
      const x = Math.round(this.x(value / stretch)) + 0.5;
      this.tick(x, this.foot, 0, 4);
      if (x < this.right - 12 && x > this.left + 8) pen.fillText(text, x, this.foot + 6);
    }
    pen.fillStyle = theme('ink');
    pen.fillText(`${this.redshift ? 'Observed' : 'Rest'} wavelength [Å], vacuum`, (this.left + this.right) / 2, this.foot + 21);
    Object.assign(pen, { fillStyle: theme('soft'), textAlign: 'right', textBaseline: 'middle' });
    for (const [value, text] of this.fluxTicks()) {
      this.tick(this.left, this.y(value), text ? -5 : -3, 0);
      pen.fillText(text, this.left - 7, this.y(value));
    }
    for (const [value, text] of [
      [0, '0'],
      ...(this.lower
        ? [
            [this.span * 0.8, `+${short(this.span * 0.8)}`],
            [-this.span * 0.8, short(-this.span * 0.8)],
          ]
        : []),
    ]) {
      this.tick(this.left, this.yLower(value), -4, 0);
      pen.fillText(text, this.left - 7, this.yLower(value));
    }
    pen.fillStyle = theme('ink');
    this.sideways(
      this.run.fluxLabel.length > 18 && this.middle - this.top < 190 ? this.run.fluxSymbol : this.run.fluxLabel,
      (this.top + this.middle) / 2,
    );
    this.sideways(this.lower?.short ?? '', (this.lowerTop + this.foot) / 2);
  }

  fluxTicks() {
    if (!this.isLog) return ticks(this.low, this.high, (this.middle - this.top) / 36);
    const found = [];
    for (let e = Math.floor(this.low); e <= this.high; e++) {
      for (let m = 1; m < 10; m++) {
        const log = e + Math.log10(m);
        if (log < this.low || log > this.high) continue;
        const isNamed = m === 1 || (this.high - this.low < 1.3 && (m === 2 || m === 5));
        found.push([m * 10 ** e, isNamed ? String(Number((m * 10 ** e).toPrecision(1))) : '']);
      }
    }
    return found;
  }

  tick(x, y, dx, dy) {
    this.pen.beginPath();
    this.pen.moveTo(x, Math.round(y) + 0.5);
    this.pen.lineTo(x + dx, Math.round(y + dy) + 0.5);
    this.pen.stroke();
  }

  sideways(text, y) {
    this.pen.save();
    this.pen.translate(10, y);
    this.pen.rotate(-Math.PI / 2);
    Object.assign(this.pen, { textAlign: 'center', textBaseline: 'middle' });
    this.pen.fillText(text, 0, 0);
    this.pen.restore();
  }

  // The numbers at a place.
  tell(angstrom) {
    const p = pixelOf(this.wavelength, angstrom);
    const stretch = 1 + this.redshift;
    const near = this.labels?.find(l => Math.abs(l.angstrom - angstrom) < Math.max(4, 0.006 * (this.last - this.first)));
    return (
      `${fixed(this.wavelength[p] * stretch, 1)} Å${near ? ` (${near.label})` : ''}: ` +
      this.curves.map(c => `${c.name} ${short(c.flux[p])}`).join(', ')
    );
  }
}
