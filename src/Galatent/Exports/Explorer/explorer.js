// The explorer: a decoder that runs in the page, and a slider for every informative dimension. It asks for nothing from elsewhere.
// Its numbers stand in the element of class explorer-data inside each explorer.

// Parts of a spectrum worth a closer look, Å, vacuum; those that the model's wavelengths cover are offered.
const Regions = [
  ['Ultraviolet', 1150, 3600],
  ['[O II] to Hγ, 4000 Å break', 3650, 4450],
  ['Hβ and [O III]', 4800, 5060],
  ['Hα, [N II], [S II]', 6500, 6780],
  ['Near infrared', 7800, 9900],
];

class Explorer {
  constructor(root) {
    this.data = JSON.parse(root.querySelector('.explorer-data').textContent);
    this.decoder = unpackDecoder(this.data);
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
    this.startName = element('span', 'explorer-key-start', '', key);
    element('span', 'explorer-key-now', 'with the sliders as they are', key);
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
      : `Largest change: ${change[largest] > 0 ? '+' : ''}${rounded(change[largest], 2)} at ${Math.round(this.wavelength[largest])} Å.`
        + (negative ? ` ${negative} pixels are negative, which no real spectrum is.` : '');
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
