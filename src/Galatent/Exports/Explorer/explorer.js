// The explorer: a decoder of galaxy spectra that runs in this page, and a slider for every informative latent dimension.
// It asks for nothing from elsewhere. Its numbers stand in the element of class explorer-data inside each explorer.
(() => {
  'use strict';

  // ---- Numbers ----------------------------------------------------------------------------------------------------------------------

  const bytesOf = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));

  // IEEE 754 half precision: 1 sign, 5 exponent, 10 mantissa bits.
  function halfToNumber(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const mantissa = bits & 1023;
    return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
  }

  // Weights were divided by the largest of their block, so that half precision keeps eleven bits of each.
  function unpackWeights(data) {
    const table = Float64Array.from({ length: 65536 }, (_, bits) => halfToNumber(bits));
    const view = new DataView(bytesOf(data.weights).buffer);
    let place = 0;
    return data.blocks.map(block => {
      const values = new Float64Array(block.count);
      for (let i = 0; i < block.count; i++, place += 2) values[i] = block.scale * table[view.getUint16(place, true)];
      return values;
    });
  }

  function numbersOf(base64, size, read) {
    const view = new DataView(bytesOf(base64).buffer);
    return Float64Array.from({ length: view.byteLength / size }, (_, i) => read(view, i * size));
  }

  // ---- Decoder ----------------------------------------------------------------------------------------------------------------------

  // h = input(z); for every layer h = LeakyReLU(transposed convolution of stride 2), the last without LeakyReLU; flux = h + mean.
  class Decoder {
    constructor(data) {
      this.slope = data.negativeSlope;
      this.layers = data.layers;
      this.weights = unpackWeights(data);
      this.mean = numbersOf(data.mean, 4, (view, at) => view.getFloat32(at, true));
      this.values = data.layers.map(l => new Float64Array(l.fineChannels * ((l.coarseLength - 1) * 2 + l.kernel)));
      this.deepest = new Float64Array(this.weights[1].length);
    }

    decode(z) {
      const [weight, bias] = this.weights;
      const h = this.deepest;
      for (let o = 0; o < h.length; o++) {
        let sum = bias[o];
        for (let i = 0; i < z.length; i++) sum += weight[o * z.length + i] * z[i];
        h[o] = sum;
      }
      let coarse = h;
      this.layers.forEach((layer, i) => {
        this.spread(layer, coarse, this.values[i], this.weights[2 * i + 2], this.weights[2 * i + 3]);
        if (i < this.layers.length - 1) this.activate(this.values[i]);
        coarse = this.values[i];
      });
      return Float64Array.from(coarse, (value, p) => value + this.mean[p]);
    }

    // Every pixel of a coarse channel is spread over the pixels 2i ... 2i + kernel - 1 of every fine channel. The weights stand as
    // PyTorch has them: (coarse channel, fine channel, tap).
    spread(layer, coarse, fine, weight, bias) {
      const { kernel, coarseChannels, fineChannels, coarseLength } = layer;
      const fineLength = (coarseLength - 1) * 2 + kernel;
      for (let f = 0; f < fineChannels; f++) fine.fill(bias[f], f * fineLength, (f + 1) * fineLength);
      let w = 0;
      for (let g = 0; g < coarseChannels; g++) {
        const first = g * coarseLength;
        const end = first + coarseLength;
        for (let f = 0; f < fineChannels; f++) {
          for (let tap = 0; tap < kernel; tap++) {
            const factor = weight[w++];
            for (let i = first, to = f * fineLength + tap; i < end; i++, to += 2) fine[to] += factor * coarse[i];
          }
        }
      }
    }

    activate(values) {
      const slope = this.slope;
      for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] *= slope;
    }
  }

  // ---- Drawing ----------------------------------------------------------------------------------------------------------------------

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
      this.forget();
    }

    // Which wavelengths the axis shows.
    show(first, last) {
      Object.assign(this, { first, last });
    }

    // The limits of the axes only grow while sliders move, so that the eye can follow the spectrum and not the axes.
    forget() {
      this.low = Infinity;
      this.high = -Infinity;
      this.largest = 0.2;
    }

    fit(flux) {
      const sorted = Float64Array.from(flux).sort();
      const least = sorted.find(v => v > 0) ?? 1e-3;
      const floor = Math.max(least, sorted[Math.floor(sorted.length / 1000)], 3e-3);
      const top = Math.max(sorted[sorted.length - 1], 1e-2);
      this.low = Math.min(this.low, Math.floor(Math.log10(floor) * 4) / 4);
      this.high = Math.max(this.high, Math.ceil((Math.log10(top) + 0.04) * 4) / 4);
      this.bottom = Math.min(this.bottom ?? 0, sorted[0] < 0 ? sorted[0] : 0);
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
      this.largest = change.reduce((most, c) => Math.max(most, Math.abs(c)), this.largest);
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
        : (flux - this.bottom) / (10 ** this.high - this.bottom);
      return this.middle - share * (this.middle - this.top);
    }

    yChange(change) {
      const centre = (this.changeTop + this.foot) / 2;
      return centre - bend(change) / bend(this.largest * 1.15) * (this.foot - this.changeTop) / 2;
    }

    path(values, place) {
      this.pen.beginPath();
      values.forEach((value, p) => this.pen.lineTo(this.x(this.wavelength[p]), place(value)));
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
          this.pen.lineTo(this.right, zero);
          this.pen.lineTo(this.left, zero);
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
      const lines = this.data.lines
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
      const top = 10 ** this.high;
      const step = niceStep(top - this.bottom, 6);
      for (let v = Math.ceil(this.bottom / step) * step; v <= top; v += step) ticks.push([v, minus(`${+v.toPrecision(3)}`)]);
      return ticks;
    }

    changeTicks() {
      // Powers of ten from the largest down, as long as their labels do not touch.
      const ticks = [[0, '0']];
      const place = v => Math.abs(this.yChange(v) - this.yChange(0));
      let last = (this.foot - this.changeTop) / 2 + this.size / 2;
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

  // ---- Sliders ----------------------------------------------------------------------------------------------------------------------

  const Steps = 400;
  const Beyond = 0.12; // How far a slider goes past the data, as a share of their range.

  function element(name, cssClass, text, parent) {
    const made = document.createElement(name);
    if (cssClass) made.className = cssClass;
    if (text) made.textContent = text;
    parent?.append(made);
    return made;
  }

  // The distribution of the data above the slider, as a picture without words.
  function histogram(dimension) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const { counts, low, high, from, to } = dimension;
    const most = Math.max(...counts);
    const x = value => 1000 * (value - from) / (to - from);
    const width = (high - low) / counts.length;
    const heights = counts.map((count, i) => `L${x(low + i * width)} ${100 - 96 * count / most}H${x(low + (i + 1) * width)}`);
    svg.setAttribute('viewBox', '0 0 1000 100');
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    const area = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    area.setAttribute('d', `M${x(low)} 100${heights.join('')}V100Z`);
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    mark.setAttribute('class', 'explorer-mark');
    mark.setAttribute('vector-effect', 'non-scaling-stroke');
    svg.append(area, mark);
    return { svg, showStart: value => mark.setAttribute('d', `M${x(value)} 0V100`) };
  }

  class Slider {
    constructor(dimension, parent, changed) {
      const beyond = Beyond * (dimension.high - dimension.low);
      this.dimension = { ...dimension, from: dimension.low - beyond, to: dimension.high + beyond };
      const row = element('label', 'explorer-slider', '', parent);
      const head = element('span', 'explorer-head', '', row);
      element('b', '', dimension.name, head);
      element('span', 'explorer-about', dimension.about || `KL ${rounded(dimension.klNat, 2)} nat`, head);
      this.shown = element('output', '', '', head);
      this.picture = histogram(this.dimension);
      row.append(this.picture.svg);
      this.input = element('input', '', '', row);
      Object.assign(this.input, { type: 'range', min: 0, max: Steps, step: 1 });
      const { from, to } = this.dimension;
      this.input.style.setProperty('--explorer-low', (dimension.low - from) / (to - from));
      this.input.style.setProperty('--explorer-high', (dimension.high - from) / (to - from));
      this.input.setAttribute('aria-label', `${dimension.name}, KL ${rounded(dimension.klNat, 2)} nat`);
      row.title = `Data from ${rounded(dimension.low, 2)} to ${rounded(dimension.high, 2)}; KL ${rounded(dimension.klNat, 2)} nat`;
      this.input.addEventListener('input', () => {
        const { from, to } = this.dimension;
        this.value = from + (to - from) * this.input.value / Steps;
        this.tell();
        changed();
      });
    }

    // The exact value, which need not lie on a step of the slider.
    set(value) {
      const { from, to } = this.dimension;
      this.value = value;
      this.input.value = Math.round((value - from) / (to - from) * Steps);
      this.tell();
    }

    tell() {
      const { low, high } = this.dimension;
      const outside = this.value < low - 1e-6 || this.value > high + 1e-6;
      this.shown.textContent = rounded(this.value, 2);
      this.shown.classList.toggle('explorer-outside', outside);
      this.input.setAttribute('aria-valuetext', `${rounded(this.value, 2)}${outside ? ', outside the data' : ''}`);
    }
  }

  // Parts of a spectrum worth a closer look, Å, vacuum; those that the model's wavelengths cover are offered.
  const Regions = [
    ['Ultraviolet', 1150, 3600],
    ['[O II] to Hγ, 4000 Å break', 3650, 4450],
    ['Hβ and [O III]', 4800, 5060],
    ['Hα, [N II], [S II]', 6500, 6780],
    ['Near infrared', 7800, 9900],
  ];

  // ---- The explorer -----------------------------------------------------------------------------------------------------------------

  class Explorer {
    constructor(root) {
      this.data = JSON.parse(root.querySelector('.explorer-data').textContent);
      this.decoder = new Decoder(this.data);
      this.wavelength = numbersOf(this.data.wavelength, 8, (view, at) => view.getFloat64(at, true));
      this.galaxy = 0;
      this.root = root;
      this.build();
      this.begin();
      this.watch();
    }

    build() {
      const frame = element('div', 'explorer-plot', '', this.root);
      this.canvas = element('canvas', '', '', frame);
      this.canvas.setAttribute('role', 'img');
      this.plot = new Plot(this.canvas, this.data, this.wavelength);
      const bar = element('div', 'explorer-bar', '', this.root);
      this.button(bar, 'Reset', 'All dimensions back to the start spectrum', () => this.begin());
      this.button(bar, 'Another galaxy', 'Start from another of the stored galaxies', () => {
        this.galaxy = (this.galaxy + 1) % this.data.galaxies.length;
        this.begin();
      });
      this.scale = this.button(bar, 'Linear flux', 'Flux on a linear or a logarithmic axis', () => {
        this.plot.isLog = !this.plot.isLog;
        this.scale.textContent = this.plot.isLog ? 'Linear flux' : 'Log flux';
        this.ask();
      });
      this.addRegions(bar);
      const key = element('span', 'explorer-key', '', bar);
      element('span', 'explorer-key-start', '', key);
      this.startName = element('span', '', '', key);
      element('span', 'explorer-key-now', '', key);
      element('span', '', 'with the sliders as they are', key);
      this.sliders = element('div', 'explorer-sliders', '', this.root);
      this.rows = this.data.dimensions.map(d => new Slider(d, this.sliders, () => this.ask()));
      this.status = element('p', 'explorer-status', '', this.root);
      this.status.setAttribute('aria-live', 'polite');
    }

    addRegions(bar) {
      const [first, last] = [this.plot.first, this.plot.last];
      const regions = [['All wavelengths', first, last], ...Regions.filter(r => r[1] >= first && r[2] <= last)];
      const choice = element('select', '', '', bar);
      choice.setAttribute('aria-label', 'Wavelengths to show');
      regions.forEach(([name], i) => { element('option', '', name, choice).value = i; });
      choice.addEventListener('change', () => {
        this.plot.show(...regions[choice.value].slice(1));
        this.ask();
      });
    }

    button(parent, text, title, act) {
      const made = element('button', '', text, parent);
      Object.assign(made, { type: 'button', title });
      made.addEventListener('click', act);
      return made;
    }

    begin() {
      const { z, name } = this.data.galaxies[this.galaxy];
      this.start = this.decoder.decode(z);
      this.startName.textContent = `start: ${name}`;
      this.plot.forget();
      this.rows.forEach(row => {
        row.set(z[row.dimension.index]);
        row.picture.showStart(z[row.dimension.index]);
      });
      this.ask();
    }

    // However many events come, one drawing per frame.
    ask() {
      if (this.isAsked) return;
      this.isAsked = true;
      requestAnimationFrame(() => {
        this.isAsked = false;
        this.redraw();
      });
    }

    // The latent vector that the sliders stand for: what has no slider keeps the start spectrum's value.
    latent() {
      const z = [...this.data.galaxies[this.galaxy].z];
      this.rows.forEach(row => { z[row.dimension.index] = row.value; });
      return z;
    }

    redraw() {
      this.flux = this.decoder.decode(this.latent());
      const change = this.plot.draw(this.flux, this.start);
      if (!change) return;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.tell(change), 150);
    }

    // Said once the sliders rest, so that a screen reader is not flooded.
    tell(change) {
      const largest = change.reduce((best, c, p) => Math.abs(c) > Math.abs(change[best]) ? p : best, 0);
      const negative = this.flux.reduce((n, f) => n + (f < 0), 0);
      this.status.textContent = Math.abs(change[largest]) < 1e-9
        ? 'Move a slider: the spectrum follows. The shape above a slider is the distribution of the data, its line the start.'
        : `Largest change: ${change[largest] > 0 ? '+' : ''}${rounded(change[largest], 3)} at ${Math.round(this.wavelength[largest])} Å.`
          + (negative ? ` ${negative} pixels are negative, which no galaxy is: the sliders are far from the data.` : '');
      this.canvas.setAttribute('aria-label', `Spectrum decoded from the sliders. ${this.status.textContent}`);
    }

    watch() {
      new ResizeObserver(() => this.ask()).observe(this.canvas);
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.ask());
      // For the console, and for tests.
      this.root.galatent = this;
    }
  }

  for (const root of document.querySelectorAll('.explorer')) {
    root.hidden = false;
    new Explorer(root);
  }
})();
