// The two panels: the spectrum before its start, and the change between them.

const superscript = n => String(n).replace(/[-\d]/g, c => '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'['0123456789-'.indexOf(c)]);
const minus = text => text.replace('-', '−');
const rounded = (value, digits) => minus(value.toFixed(digits));

function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * [1, 2, 5, 10].find(m => m * power >= raw);
}

// Changes go over four powers of ten: linear near zero, logarithmic beyond.
const NoChange = 0.02;
const bend = change => Math.asinh(change / NoChange);

class Plot {
  constructor(canvas, data, wavelength) {
    Object.assign(this, { canvas, data, wavelength, isLog: true });
    this.show(wavelength[0], wavelength[wavelength.length - 1]);
  }

  // Which wavelengths the axis shows.
  show(first, last) {
    Object.assign(this, { first, last });
    this.begin = this.wavelength.findIndex(w => w >= first);
    this.end = this.wavelength.findLastIndex(w => w <= last) + 1;
    this.forget();
  }

  // The limits of the axes only grow while sliders move, so that the eye can follow the spectrum and not the axes.
  forget() {
    this.low = Infinity;
    this.high = -Infinity;
    this.bottom = 0;
    this.peak = 0;
    this.largest = 0.2;
  }

  fit(flux) {
    const sorted = flux.slice(this.begin, this.end).sort();
    const least = sorted.find(v => v > 0) ?? 1e-3;
    const floor = Math.max(least, sorted[Math.floor(sorted.length / 1000)], 3e-3);
    const top = Math.max(sorted[sorted.length - 1], 1e-2);
    this.low = Math.min(this.low, Math.floor(Math.log10(floor) * 4) / 4);
    this.high = Math.max(this.high, Math.ceil((Math.log10(top) + 0.04) * 4) / 4);
    this.bottom = Math.min(this.bottom, sorted[0]);
    this.peak = Math.max(this.peak, 1.06 * top);
  }

  colours() {
    const style = getComputedStyle(this.canvas);
    const named = name => style.getPropertyValue(name).trim();
    this.ink = named('--explorer-ink');
    this.soft = named('--explorer-soft');
    this.line = named('--explorer-line');
    this.now = named('--explorer-now');
    this.up = named('--explorer-up');
    this.down = named('--explorer-down');
    this.font = style.fontFamily;
  }

  draw(now, start) {
    const ratio = window.devicePixelRatio || 1;
    const box = this.canvas.getBoundingClientRect();
    if (box.width < 10) return;
    const width = Math.round(box.width * ratio);
    const height = Math.round(box.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    this.pen = this.canvas.getContext('2d');
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, box.width, box.height);
    this.colours();
    this.narrow = box.width < 620;
    this.size = this.narrow ? 11 : 13;
    this.pen.font = `${this.size}px ${this.font}`;
    this.left = this.narrow ? 44 : 66;
    this.right = box.width - (this.narrow ? 8 : 16);
    this.top = 22 + Math.max(...this.data.lines.map(line => this.pen.measureText(line.label).width), 0);
    const foot = box.height - (this.narrow ? 38 : 46);
    const gap = this.narrow ? 12 : 16;
    this.middle = Math.round(this.top + (foot - this.top - gap) * 0.7);
    this.changeTop = this.middle + gap;
    this.foot = foot;
    this.fit(start);
    this.fit(now);
    const change = now.map((value, p) => value - start[p]);
    this.largest = change.slice(this.begin, this.end).reduce((most, c) => Math.max(most, Math.abs(c)), this.largest);
    this.features(start);
    this.spectra(now, start);
    this.changes(change);
    this.axes();
    return change;
  }

  x(angstrom) {
    return this.left + (angstrom - this.first) / (this.last - this.first) * (this.right - this.left);
  }

  // Flux to its place on the upper axis.
  y(flux) {
    const share = this.isLog
      ? (Math.log10(Math.max(flux, 1e-9)) - this.low) / (this.high - this.low)
      : (flux - this.bottom) / (this.peak - this.bottom);
    return this.middle - share * (this.middle - this.top);
  }

  yChange(change) {
    const centre = (this.changeTop + this.foot) / 2;
    return centre - bend(change) / bend(this.largest * 1.15) * (this.foot - this.changeTop) / 2;
  }

  path(values, place) {
    this.pen.beginPath();
    const end = Math.min(this.end + 1, values.length);
    for (let p = Math.max(this.begin - 1, 0); p < end; p++) this.pen.lineTo(this.x(this.wavelength[p]), place(values[p]));
  }

  clipped(top, bottom, paint) {
    this.pen.save();
    this.pen.beginPath();
    this.pen.rect(this.left, top, this.right - this.left, bottom - top);
    this.pen.clip();
    paint();
    this.pen.restore();
  }

  spectra(now, start) {
    this.clipped(this.top, this.middle, () => {
      this.pen.lineJoin = 'round';
      this.pen.lineWidth = this.narrow ? 2 : 3;
      this.pen.strokeStyle = this.line;
      this.path(start, v => this.y(v));
      this.pen.stroke();
      this.pen.lineWidth = this.narrow ? 1 : 1.3;
      this.pen.strokeStyle = this.now;
      this.path(now, v => this.y(v));
      this.pen.stroke();
    });
  }

  changes(change) {
    const zero = this.yChange(0);
    for (const [colour, top, bottom] of [[this.up, this.changeTop, zero], [this.down, zero, this.foot]]) {
      this.clipped(top, bottom, () => {
        this.path(change, c => this.yChange(c));
        this.pen.lineTo(this.right + 99, zero);
        this.pen.lineTo(this.left - 99, zero);
        this.pen.closePath();
        this.pen.fillStyle = colour;
        this.pen.fill();
      });
    }
  }

  // The lines that stand out most are named, as many as there is room for.
  features(start) {
    const pixel = angstrom => {
      let low = 0;
      let high = this.wavelength.length - 1;
      while (high - low > 1) {
        const mid = (low + high) >> 1;
        if (this.wavelength[mid] > angstrom) high = mid; else low = mid;
      }
      return angstrom - this.wavelength[low] < this.wavelength[high] - angstrom ? low : high;
    };
    const contrast = line => {
      const p = pixel(line.angstrom);
      const around = [...start.slice(Math.max(0, p - 25), p + 26)].sort((a, b) => a - b);
      return Math.max(...start.slice(Math.max(0, p - 1), p + 2)) / Math.max(around[around.length >> 1], 1e-3);
    };
    const room = this.size + 2;
    const most = Math.floor((this.right - this.left) / room / (this.narrow ? 2 : 1.4));
    const isWhole = this.end - this.begin === this.wavelength.length;
    const lines = (isWhole ? this.data.lines : this.data.closeLines)
      .filter(line => line.angstrom > this.first && line.angstrom < this.last)
      .map(line => ({ ...line, contrast: contrast(line), at: this.x(line.angstrom) }))
      .sort((a, b) => b.contrast - a.contrast)
      .slice(0, most)
      .sort((a, b) => a.at - b.at);
    lines.forEach((line, i) => {
      line.place = Math.max(line.at, i ? lines[i - 1].place + room : this.left + room / 2);
    });
    for (let i = lines.length - 1; i >= 0; i--) {
      const limit = i < lines.length - 1 ? lines[i + 1].place - room : this.right - room / 2;
      lines[i].place = Math.min(lines[i].place, limit);
      // Back towards its line where the push from the left went too far.
      const free = i ? lines[i - 1].place + room : this.left;
      lines[i].place = Math.max(free, Math.min(lines[i].place, Math.max(lines[i].at, free)));
    }
    this.pen.lineWidth = 1;
    this.pen.textAlign = 'left';
    this.pen.textBaseline = 'middle';
    for (const line of lines) {
      this.pen.strokeStyle = this.line;
      this.pen.beginPath();
      this.pen.moveTo(line.at, this.foot);
      this.pen.lineTo(line.at, this.top);
      this.pen.lineTo(line.place, this.top - 10);
      this.pen.globalAlpha = 0.55;
      this.pen.stroke();
      this.pen.globalAlpha = 1;
      this.pen.save();
      this.pen.translate(line.place, this.top - 13);
      this.pen.rotate(-Math.PI / 2);
      this.pen.fillStyle = this.soft;
      this.pen.fillText(line.label, 0, 0);
      this.pen.restore();
    }
  }

  axes() {
    const { pen } = this;
    pen.strokeStyle = this.soft;
    pen.fillStyle = this.soft;
    pen.lineWidth = 1;
    for (const [top, bottom] of [[this.top, this.middle], [this.changeTop, this.foot]]) {
      pen.strokeRect(Math.round(this.left) + 0.5, Math.round(top) + 0.5, this.right - this.left, bottom - top);
    }
    pen.textBaseline = 'top';
    pen.textAlign = 'center';
    const step = niceStep(this.last - this.first, this.narrow ? 5 : 10);
    for (let w = Math.ceil(this.first / step) * step; w <= this.last; w += step) {
      this.tick(this.x(w), this.foot, 0, -5);
      this.tick(this.x(w), this.middle, 0, -5);
      pen.fillText(`${Math.round(w)}`, Math.min(this.x(w), this.right - 14), this.foot + 6);
    }
    pen.fillStyle = this.ink;
    pen.fillText(this.data.xLabel, (this.left + this.right) / 2, this.foot + (this.narrow ? 21 : 26));
    pen.fillStyle = this.soft;
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    for (const [value, label] of this.fluxTicks()) {
      this.tick(this.left, this.y(value), label ? 6 : 3, 0);
      pen.fillText(label, this.left - 6, this.y(value));
    }
    for (const [value, label] of this.changeTicks()) {
      this.tick(this.left, this.yChange(value), 5, 0);
      pen.fillText(label, this.left - 6, this.yChange(value));
    }
    pen.fillStyle = this.ink;
    this.sideways(this.narrow ? this.data.yShort : this.data.yLabel, (this.top + this.middle) / 2);
    this.sideways(this.narrow ? 'Δ' : 'Change', (this.changeTop + this.foot) / 2);
  }

  fluxTicks() {
    const ticks = [];
    if (this.isLog) {
      for (let e = Math.floor(this.low); e <= this.high; e++) {
        for (let m = 1; m < 10; m++) {
          const value = m * 10 ** e;
          const log = Math.log10(value);
          const named = m === 1 || (this.high - this.low < 1.6 && (m === 2 || m === 5));
          if (log >= this.low - 1e-9 && log <= this.high + 1e-9) {
            ticks.push([value, named ? (Math.abs(e) > 2 ? `10${superscript(e)}` : `${+value.toPrecision(1)}`) : '']);
          }
        }
      }
      return ticks;
    }
    const step = niceStep(this.peak - this.bottom, 6);
    for (let v = Math.ceil(this.bottom / step) * step; v <= this.peak; v += step) ticks.push([v, minus(`${+v.toPrecision(3)}`)]);
    return ticks;
  }

  changeTicks() {
    // Powers of ten from the largest down, as long as their labels do not touch.
    const ticks = [[0, '0']];
    const place = v => Math.abs(this.yChange(v) - this.yChange(0));
    let last = (this.foot - this.changeTop) / 2 + this.size;
    for (let e = Math.floor(Math.log10(this.largest)); e >= -1; e--) {
      const value = 10 ** e;
      if (place(value) < last - this.size && place(value) > this.size) {
        ticks.push([value, `+${+value.toPrecision(1)}`], [-value, `−${+value.toPrecision(1)}`]);
        last = place(value);
      }
    }
    return ticks;
  }

  tick(x, y, dx, dy) {
    this.pen.beginPath();
    this.pen.moveTo(Math.round(x) + 0.5, Math.round(y) + 0.5);
    this.pen.lineTo(Math.round(x + dx) + 0.5, Math.round(y + dy) + 0.5);
    this.pen.stroke();
  }

  sideways(text, y) {
    this.pen.save();
    this.pen.translate(this.narrow ? 9 : 14, y);
    this.pen.rotate(-Math.PI / 2);
    this.pen.textAlign = 'center';
    this.pen.textBaseline = 'middle';
    this.pen.fillText(text, 0, 0);
    this.pen.restore();
  }
}
