// The tab of latent dimensions: a slider for each, what it tells, and a button that plays it.
import { button, make } from './dom.js';
import { fixed, withError } from './format.js';
import { SliderRow } from './slider-row.js';

const PlaySteps = 48;

// What the map is about: the parameter of another colour, where a dimension tells of it; else the axes: the strongest pair of all while its
// dimension is shown, or each dimension by itself.
export function sentenceOf(model, x, y, colour) {
  const { [colour]: about } = model.sentences;
  if (about && colour !== model.first.colour) return about;
  const shown = [x, y].map(name => model.dimensions.find(d => d.name === name)).filter(d => d);
  if (!shown.length || shown.some(d => d.name === model.first.x)) return model.first.sentence;
  return shown.map(d => d.sentence).join(' ');
}

export class Dimensions {
  constructor(app, panel) {
    Object.assign(this, { app, panel, rows: [] });
  }

  load(model) {
    this.stop();
    this.rows = model.dimensions.map(d => this.row(d));
    this.note = make('p', { css: 'note', 'aria-live': 'polite' });
    this.panel.replaceChildren(
      make(
        'div',
        { css: 'bar' },
        button('Back to the galaxy', () => this.app.store.set({ sliders: {}, physics: {} })),
        make('span', {
          css: 'soft',
          title: 'In use: KL above 0.1 nat. Mutual information is 0 nat when two are independent.',
          text: `${model.dimensions.length} latent dimensions in use, largest KL first; shared: mutual information`,
        }),
      ),
      this.note,
      make('div', { css: 'sliders' }, ...this.rows.map(r => r.element)),
    );
  }

  // The data above the sliders. They come once the page can be used: of a million galaxies a dimension has 4 MB.
  async distribute(model) {
    const { rows } = this;
    const columns = await Promise.all(model.dimensions.map(d => this.app.column(d.name)));
    if (rows === this.rows) columns.forEach((column, i) => rows[i].distribution(column.values));
  }

  row(dimension) {
    const { low, high } = dimension;
    const most = t => (t.isMost ? ' (most of all)' : '');
    const told = dimension.tells.map(t => `${t.words} ${withError(t.nat, t.standardErrorNat)} nat${most(t)}`).join(' · ');
    const play = button('▶', () => this.play(row), { 'aria-label': `Play ${dimension.name}`, css: 'small' });
    const row = new SliderRow({
      name: dimension.name,
      label: dimension.name,
      extra: `KL ${fixed(dimension.klNat, 1)} nat`,
      low,
      high,
      play,
      about: told ? `shared with ${told}` : `KL ${fixed(dimension.klNat, 1)} nat`,
      changed: value => this.app.setSlider(dimension.index, value),
    });
    Object.assign(row, { dimension, play });
    return row;
  }

  // z: the latent vector that is shown; start: that of the galaxy.
  follow(z, start) {
    for (const row of this.rows) {
      row.start(start[row.dimension.index]);
      row.follow(z[row.dimension.index]);
    }
  }

  say(text) {
    if (this.note) this.note.textContent = text;
  }

  // Once through the range of the data and back to the value; with reduced motion, one step for each press.
  play(row) {
    if (this.playing === row) return this.stop();
    this.stop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const step = (row.high - row.low) / 10;
      return row.moved(row.value + step > row.high ? row.low : row.value + step);
    }
    this.playing = row;
    row.play.textContent = '■';
    const begin = row.value;
    let n = 0;
    const phase = Math.asin(Math.max(-1, Math.min(1, (2 * (begin - row.low)) / (row.high - row.low) - 1)));
    const next = () => {
      if (this.playing !== row) return;
      if (++n > PlaySteps) {
        row.moved(begin);
        return this.stop();
      }
      this.isStepping = true;
      row.moved(row.low + ((row.high - row.low) * (1 + Math.sin(phase + (2 * Math.PI * n) / PlaySteps))) / 2);
      this.isStepping = false;
      setTimeout(() => requestAnimationFrame(next), 60);
    };
    next();
  }

  // Whatever else moves ends the play.
  stopUnlessStepping() {
    if (!this.isStepping) this.stop();
  }

  stop() {
    if (!this.playing) return;
    this.playing.play.textContent = '▶';
    this.playing = null;
  }
}
