// Which curves the spectrum shows, and what stands below them.
import { categories, isDark } from './colour.js';
import { download, downloadText, make, svg, theme } from './dom.js';
import { csvNumber, csvText, whole } from './format.js';
import { SvgPen } from './svg-pen.js';

const Dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3]];
const MostKept = 40;

export class SpectrumScene {
  constructor(app) {
    this.app = app;
    this.kept = new Map();
  }

  // Spectra of some rows, loaded once.
  async spectra(rows) {
    await Promise.all(
      rows.map(async row => {
        if (!this.kept.has(row)) this.kept.set(row, await this.app.source.spectrum(row));
      }),
    );
    const found = new Map(rows.map(row => [row, this.kept.get(row)]));
    for (const row of this.kept.keys()) if (this.kept.size > MostKept && !found.has(row)) this.kept.delete(row);
    return found;
  }

  curves() {
    const { app } = this;
    const { base, upload, mean, simulated } = app;
    const { pins } = app.store.state;
    const curves = [];
    if (upload) {
      curves.push({ name: upload.name, flux: upload.flux, mask: upload.mask, colour: theme('ink'), width: 1.2 });
      curves.push({ name: 'its reconstruction', flux: upload.reconstruction, colour: theme('accent'), width: 1.4 });
      return curves;
    }
    const own = base.isMissing ? ': input not in this export' : '';
    curves.push({ name: `galaxy ${whole(base.row)}${own}`, flux: base.flux, mask: base.mask, colour: theme('ink'), width: 1.2 });
    pins
      .filter(row => row !== base.row && this.kept.get(row)?.flux)
      .forEach(row => {
        const i = pins.indexOf(row);
        curves.push({
          name: `galaxy ${whole(row)}`,
          flux: this.kept.get(row).flux,
          mask: this.kept.get(row).mask,
          colour: categories()[i],
          dash: Dashes[1 + (i % 5)],
        });
      });
    if (mean) {
      const low = mean.mean.map((m, p) => m - mean.deviation[p]);
      const high = mean.mean.map((m, p) => m + mean.deviation[p]);
      curves.push({ name: mean.name, flux: mean.mean, low, high, colour: theme('violet'), width: 1.4 });
    }
    if (simulated) curves.push({ name: 'simulated', flux: simulated, colour: theme('green'), width: 1.5, dash: Dashes[1] });
    else if (app.isMoved && app.decoded) curves.push({ name: 'with the sliders', flux: app.decoded, colour: theme('warm'), width: 1.5 });
    else curves.push({ name: 'reconstruction', flux: base.reconstruction, colour: theme('accent'), width: 1.4, dash: Dashes[1] });
    return curves;
  }

  lower() {
    const { base, upload, simulated, isMoved, decoded } = this.app;
    const minus = (a, b) => Float32Array.from(a, (v, p) => v - b[p]);
    if (upload)
      return {
        name: 'residual',
        short: 'residual',
        values: minus(upload.flux, upload.reconstruction),
        mask: upload.mask,
        error: upload.error,
        colour: theme('accent'),
      };
    if (simulated) return { name: 'change', short: 'change', values: minus(simulated, base.flux), colour: theme('green') };
    if (isMoved && decoded) return { name: 'change', short: 'change', values: minus(decoded, base.reconstruction), colour: theme('warm') };
    return {
      name: 'residual',
      short: 'residual',
      values: minus(base.flux, base.reconstruction),
      mask: base.mask,
      error: base.error,
      colour: theme('accent'),
    };
  }

  // isNew: a place of the sliders was computed.
  draw(isNew = false) {
    if (!this.app.base) return;
    const curves = this.curves();
    const lower = this.lower();
    this.app.spectrum.show(curves, lower, isNew);
    this.legend(curves);
    this.tell(lower);
  }

  legend(curves) {
    const shown = JSON.stringify(curves.map(c => [c.name, c.colour, c.dash]));
    if (shown === this.shownLegend) return;
    this.shownLegend = shown;
    document
      .getElementById('legend')
      .replaceChildren(
        ...curves.map(c =>
          make(
            'span',
            {},
            svg(
              'svg',
              { viewBox: '0 0 26 8', 'aria-hidden': 'true' },
              svg('path', { d: 'M0 4H26', stroke: c.colour, 'stroke-width': 2, 'stroke-dasharray': (c.dash ?? []).join(' ') }),
            ),
            c.name,
          ),
        ),
      );
  }

  // Said once the sliders rest.
  tell(lower) {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      const { app } = this;
      const { wavelength } = app.spectrum;
      let p = 0;
      lower.values.forEach((v, i) => {
        if (Math.abs(v) > Math.abs(lower.values[p]) && !(lower.mask?.[i] > 0)) p = i;
      });
      const negative = (app.simulated ?? app.decoded)?.reduce((n, f) => n + (f < 0), 0) ?? 0;
      const change = `${lower.values[p] > 0 ? '+' : '−'}${Math.abs(lower.values[p]).toFixed(2)} at ${Math.round(wavelength[p])} Å`;
      app.parts.dimensions.say(
        app.isMoved
          ? `Largest change ${change}.${negative ? ` ${negative} pixels are negative, which no real spectrum is.` : ''}`
          : 'Move a slider: the spectrum follows. Line: the pinned galaxy; shape: all galaxies.',
      );
    }, 150);
  }

  csv() {
    const curves = this.curves();
    const { wavelength } = this.app.spectrum;
    const head = ['wavelength_rest [Angstrom]', ...curves.map(c => csvText(`${c.name} [${this.app.run.fluxLabel}]`))];
    const lines = Array.from(wavelength, (w, p) => [w, ...curves.map(c => (c.mask?.[p] > 0 ? 'NaN' : csvNumber(c.flux[p])))].join(','));
    downloadText('spectrum.csv', `${head.join(',')}\n${lines.join('\n')}\n`);
  }

  // Pictures are saved on white, whatever the theme.
  onWhite(paint) {
    const root = document.documentElement;
    const before = root.dataset.theme;
    const wasDark = isDark();
    if (wasDark) root.dataset.theme = 'light';
    this.app.spectrum.show(this.curves(), this.lower());
    paint();
    if (wasDark) {
      if (before === undefined) delete root.dataset.theme;
      else root.dataset.theme = before;
    }
    this.draw();
    this.app.spectrum.drawNow();
  }

  svg() {
    const { clientWidth: width, clientHeight: height } = this.app.spectrum.canvas;
    this.onWhite(() => {
      const pen = new SvgPen(width, height, '#fff');
      this.app.spectrum.drawNow(pen, width, height);
      downloadText('spectrum.svg', pen.text(), 'image/svg+xml');
    });
  }

  png() {
    const { clientWidth: width, clientHeight: height } = this.app.spectrum.canvas;
    this.onWhite(() => {
      const canvas = make('canvas', { width: 2 * width, height: 2 * height });
      const pen = canvas.getContext('2d');
      pen.scale(2, 2);
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, width, height);
      this.app.spectrum.drawNow(pen, width, height);
      canvas.toBlob(blob => download('spectrum.png', blob));
    });
  }
}
