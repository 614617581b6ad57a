// The tab of the selection: how the chosen galaxies differ from the rest.
import { button, downloadText, make, svg } from './dom.js';
import { axisLabel, csvNumber, csvText, short, whole } from './format.js';
import { scaleOf } from './colour.js';
import { areaOf, binned } from './slider-row.js';

const MostMean = 500;
const Groups = ['Parameters of the galaxies', 'Latent dimensions'];

export class Selection {
  constructor(app, panel) {
    Object.assign(this, { app, panel });
    this.empty();
  }

  empty() {
    this.count = 0;
    this.panel.replaceChildren(
      make('p', { text: 'Nothing is selected. Draw around galaxies on the map: hold Shift and drag, or press L and drag.' }),
      make(
        'div',
        { css: 'bar' },
        button('Select all that the map shows', () => this.app.selectView()),
      ),
    );
  }

  // mask: 1 for each chosen galaxy, or null.
  async show(mask) {
    const call = (this.call = {});
    if (!mask) {
      this.app.setMean(null);
      this.empty();
      return;
    }
    const chosen = [];
    for (let i = 0; i < mask.length; i++) if (mask[i]) chosen.push(i);
    this.count = chosen.length;
    const head = make('p', {
      'data-count': chosen.length,
      text: `${whole(chosen.length)} of ${whole(mask.length)} galaxies are selected.`,
    });
    const bar = make(
      'div',
      { css: 'bar' },
      button('Clear', () => this.app.store.set({ lasso: null })),
      button('CSV of the selected', () => this.app.busy(this.save(chosen)), { disabled: chosen.length === 0 }),
    );
    this.panel.replaceChildren(head, bar);
    if (chosen.length === 0) {
      this.app.setMean(null);
      return;
    }
    await this.mean(chosen, head, call);
    const columns = await Promise.all(this.listed().map(c => this.app.column(c.name)));
    if (call !== this.call) return;
    this.panel.append(make('div', { css: 'histograms' }, ...columns.map(c => this.histogram(c, mask, chosen))));
  }

  listed() {
    const { run, model } = this.app;
    return [...run.columns, ...model.columns].filter(c => Groups.includes(c.group) && c.categories.length === 0 && !/ratio/.test(c.name));
  }

  // The first of them in the shuffled order are a fair sample.
  async mean(chosen, head, call) {
    const sample = chosen.slice(0, MostMean);
    const found = await this.app.source.meanOf(sample.map(i => this.app.order[i]));
    if (call !== this.call || !found) return;
    const { mean, deviation } = found;
    this.app.setMean({ mean, deviation, name: `mean of ${whole(sample.length)} selected ± standard deviation` });
    if (sample.length < chosen.length) head.textContent += ` The mean spectrum is that of ${MostMean} of them, drawn at random.`;
  }

  histogram(column, mask, chosen) {
    const { low, high, least, most } = scaleOf(column.values, 0.005, 0.995);
    const values = chosen.map(i => column.values[i]);
    const all = binned(column.values, low, high);
    const own = binned(values, low, high);
    const rest = all.map((n, i) => n - own[i]);
    const share = counts => {
      const sum = counts.reduce((a, b) => a + b, 0) || 1;
      return counts.map(c => c / sum);
    };
    const [a, b] = [share(own), share(rest)];
    const top = Math.max(...a, ...b);
    const { center, spread } = moments(values);
    const others = moments(Array.from(column.values).filter((_, i) => !mask[i]));
    const text =
      `selected ${short(center)} ± ${short(spread)}` +
      (Number.isFinite(others.center) ? `; rest ${short(others.center)} ± ${short(others.spread)}` : '; there is no rest');
    return make(
      'figure',
      { title: `${column.words}: mean ± standard deviation; range of all ${short(least)} to ${short(most)}` },
      make('figcaption', {}, make('b', { text: axisLabel(column) })),
      svg(
        'svg',
        { viewBox: '0 0 1000 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${axisLabel(column)}: ${text}` },
        svg('path', { class: 'rest', d: areaOf(b, 0, 1000, top) }),
        svg('path', { class: 'chosen', d: areaOf(a, 0, 1000, top), 'vector-effect': 'non-scaling-stroke' }),
      ),
      make('div', { css: 'ends' }, make('span', { text: short(low) }), make('span', { text: short(high) })),
      make('p', { css: 'soft', text }),
    );
  }

  async save(chosen) {
    const { run, model } = this.app;
    const listed = [
      ...run.columns.filter(c => c.group === Groups[0]),
      ...model.columns.filter(c => c.group !== 'Embeddings of the latents'),
    ];
    const columns = await Promise.all(listed.map(c => this.app.column(c.name)));
    const ids = run.hasIdentifiers ? await this.app.identifiers() : null;
    const head = ['spectrum', ...(ids ? ['object_id'] : []), ...columns.map(c => csvText(c.unit ? `${c.name} [${c.unit}]` : c.name))];
    const lines = chosen.map(i => {
      const row = this.app.order[i];
      return [row, ...(ids ? [`"${ids[row].replaceAll('"', '""')}"`] : []), ...columns.map(c => csvNumber(c.values[i]))].join(',');
    });
    downloadText('selected-galaxies.csv', `${head.join(',')}\n${lines.join('\n')}\n`);
  }
}

function moments(values) {
  const known = values.filter(Number.isFinite);
  const center = known.reduce((a, b) => a + b, 0) / known.length;
  const spread = Math.sqrt(known.reduce((a, b) => a + (b - center) ** 2, 0) / Math.max(1, known.length - 1));
  return { center, spread };
}
