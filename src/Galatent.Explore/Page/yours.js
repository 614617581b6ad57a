// The tab of a person's own spectrum: imported, encoded, placed among the galaxies of the run. Nothing leaves the machine.
import { button, make } from './dom.js';
import { fixed, short } from './format.js';

const MostKept = 20;

export class Yours {
  constructor(app, panel) {
    Object.assign(this, { app, panel, found: [] });
  }

  load() {
    if (!this.app.run.capabilities.live) {
      this.panel.replaceChildren(
        make('p', { text: 'This is an exported page. Importing a spectrum needs the program: galatent explore.' }),
      );
      return;
    }
    this.file = make('input', { type: 'file', id: 'own-file', on: { change: () => this.file.files[0] && this.send(this.file.files[0]) } });
    this.redshift = make('input', { type: 'number', step: 'any', min: 0, max: 20, id: 'own-z', css: 'number' });
    this.frame = make(
      'select',
      { id: 'own-frame' },
      make('option', { value: 'observed', text: 'as observed' }),
      make('option', { value: 'rest', text: 'at rest' }),
    );
    this.note = make('p', { css: 'note', 'aria-live': 'polite' });
    this.list = make('div', {});
    this.panel.replaceChildren(
      make('p', {
        text:
          'Drop a file here or choose one: SDSS, DESI, a table of wavelength and flux, or any kind that galatent import reads. ' +
          'It stays on this machine.',
      }),
      make(
        'div',
        { css: 'bar' },
        make('label', { for: 'own-z', text: 'Redshift (empty: as in the file)' }),
        this.redshift,
        make('label', { for: 'own-frame', text: 'Wavelengths' }),
        this.frame,
      ),
      make('div', { css: 'bar' }, make('label', { for: 'own-file', text: 'File' }), this.file),
      this.note,
      this.list,
    );
    this.show();
  }

  async send(file) {
    const model = this.app.model.hash;
    this.note.textContent = `Importing ${file.name} … The first time, what is usual for this model is measured; that takes some seconds.`;
    try {
      const answer = await this.app.busy(
        this.app.source.upload(file, {
          model,
          redshift: this.redshift.value,
          frame: this.frame.value,
        }),
      );
      const report = JSON.parse(answer.notes.report);
      report.spectra.forEach((spectrum, i) => this.found.unshift(this.one(file.name, model, spectrum, answer, i)));
      this.found.length = Math.min(this.found.length, MostKept);
      this.note.textContent = [
        `${report.spectra.length} read.`,
        report.left ? `${report.left} more in the file are not shown.` : '',
        ...report.remarks,
      ].join(' ');
      this.show();
      if (model === this.app.model.hash) this.app.showUpload(this.found[0]);
    } catch (error) {
      this.note.textContent = error.message;
    }
  }

  one(name, model, spectrum, { numbers, shapes }, i) {
    const part = key => numbers[key].slice(i * shapes[key][1], (i + 1) * shapes[key][1]);
    return {
      ...spectrum,
      name: spectrum.id || name,
      model,
      flux: part('flux'),
      mask: part('mask'),
      error: part('error'),
      mu: part('mu'),
      sigma: part('sigma'),
      neighbours: [...part('neighbours')].filter(r => r >= 0),
    };
  }

  show() {
    if (!this.list) return;
    // Latents of another model have no place on this map.
    this.list.replaceChildren(...this.found.filter(s => s.model === this.app.model.hash).map(s => this.card(s)));
  }

  card(s) {
    const facts = [
      s.kind,
      s.redshift === null ? '' : `z = ${fixed(s.redshift, 4)}`,
      s.signalToNoise === null ? '' : `S/N ${short(s.signalToNoise)} per Å`,
      `${Math.round(100 * s.coverage)} % of the pixels`,
      s.outlierScore === null ? '' : `outlier score ${fixed(s.outlierScore, 1)} nat, p = ${short(s.outlierPValue)}`,
    ]
      .filter(Boolean)
      .join(' · ');
    const rows = s.estimates.map(e =>
      make(
        'tr',
        {},
        make('th', { text: `${e.words}${e.unit && ` [${e.unit}]`}`, scope: 'row' }),
        make('td', { text: short(e.median) }),
        make('td', { text: `${short(e.low)} to ${short(e.high)}` }),
        make('td', { text: `${Math.round(100 * e.coverage)} %` }),
      ),
    );
    return make(
      'section',
      { css: 'card' },
      make('h2', { text: s.name }),
      make('p', { css: 'soft', text: facts }),
      ...s.remarks.map(r => make('p', { css: 'soft', text: r })),
      make(
        'div',
        { css: 'bar' },
        button('Show', () => this.app.showUpload(s)),
        button('Pin its nearest neighbours', () => this.app.store.set({ pins: s.neighbours.slice(0, 5) })),
        button('Remove', () => {
          this.found = this.found.filter(f => f !== s);
          this.app.showUpload(null);
          this.show();
        }),
      ),
      rows.length
        ? make(
            'table',
            { css: 'plain' },
            make(
              'thead',
              {},
              make(
                'tr',
                {},
                ...['from its 40 nearest galaxies', 'median', '68 % interval', 'holds among held-out'].map(t =>
                  make('th', { text: t, scope: 'col' }),
                ),
              ),
            ),
            make('tbody', {}, ...rows),
          )
        : '',
    );
  }
}
