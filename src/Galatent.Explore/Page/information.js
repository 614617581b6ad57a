// The tab of shared information: a table of dimensions and parameters. A click shows the pair on the map.
import { button, make } from './dom.js';
import { fixed, withError } from './format.js';
import { isDark, ramp } from './colour.js';

export class Information {
  constructor(app, panel) {
    Object.assign(this, { app, panel });
  }

  async load(model) {
    this.model = null;
    this.panel.replaceChildren(make('p', { text: 'Reading …' }));
    const { parameters, dimensions } = await this.app.source.information(model);
    this.model = model;
    this.panel.replaceChildren(
      parameters ? this.table('Dimensions and parameters', parameters) : make('p', { text: 'No parameter of these galaxies is known.' }),
      dimensions && dimensions.rows.length > 1 ? this.table('Dimensions among themselves', dimensions) : '',
    );
  }

  table(title, m) {
    const width = m.columns.length;
    const most = Math.max(...m.nat.map(v => v ?? 0), 0.01);
    const colours = ramp();
    const cell = (r, c) => {
      const i = r * width + c;
      if (m.nat[i] === null) return make('td', { text: '–' });
      const isFound = m.qValue[i] !== null && m.qValue[i] < 0.01 && m.nat[i] > 3 * m.standardErrorNat[i];
      const act = button(isFound ? fixed(m.nat[i], 2) : `(${fixed(m.nat[i], 2)})`, () => this.app.showPair(m.rows[r], m.columns[c]), {
        title:
          `${m.rows[r]} and ${m.words[c]}: ${withError(m.nat[i], m.standardErrorNat[i])} nat` +
          `${isFound ? '' : ', not significant'}. Show on the map.`,
        css: 'cell',
      });
      const at = 3 * Math.round(255 * Math.min(1, Math.max(0, m.nat[i] / most)));
      act.style.background = `rgb(${colours[at]} ${colours[at + 1]} ${colours[at + 2]})`;
      act.style.color = 0.3 * colours[at] + 0.59 * colours[at + 1] + 0.11 * colours[at + 2] > 115 ? '#000' : '#fff';
      return make('td', {}, act);
    };
    return make(
      'section',
      {},
      make('h2', { text: title }),
      make('p', {
        css: 'soft',
        text:
          `Mutual information in nat, from ${m.source}; in brackets where it is not significant. ` +
          'Click a number to see the pair on the map.',
      }),
      make(
        'table',
        { css: 'matrix' },
        make(
          'thead',
          {},
          make('tr', {}, make('th', { text: 'dimension', scope: 'col' }), ...m.words.map(w => make('th', { text: w, scope: 'col' }))),
        ),
        make(
          'tbody',
          {},
          ...m.rows.map((row, r) => make('tr', {}, make('th', { text: row, scope: 'row' }), ...m.columns.map((_, c) => cell(r, c)))),
        ),
      ),
    );
  }

  // Colours of the cells follow the theme.
  repaint() {
    if (this.model && this.isDark !== isDark()) this.load(this.model);
    this.isDark = isDark();
  }
}
