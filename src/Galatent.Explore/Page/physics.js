// The tab of physics: the simulator's parameters. The spectrum is computed and encoded at once; the derivatives say what moves what.
import { button, downloadText, make } from './dom.js';
import { fixed, short } from './format.js';
import { forward, inverse } from './inverse.js';
import { Latest } from './latest.js';
import { SliderRow } from './slider-row.js';

const MostArrows = 4;
const RestMilliseconds = 250;

export class Physics {
  constructor(app, panel) {
    Object.assign(this, { app, panel, rows: [] });
    this.simulation = new Latest(q => app.source.simulate(q));
    this.differentiation = new Latest(q => app.source.derivatives(q));
  }

  get parameters() {
    return this.app.run.capabilities.physics;
  }

  load(model) {
    // Derivatives of another model, and parameters of its galaxy, say nothing here.
    this.jacobian = this.values = this.shown = this.catalogue = undefined;
    const { live, noPhysics } = this.app.run.capabilities;
    if (!live || noPhysics) {
      this.panel.replaceChildren(
        make('p', { text: live ? noPhysics : 'This is an exported page. The simulator needs the program: galatent explore.' }),
      );
      return;
    }
    this.rows = this.parameters.map(
      p =>
        new SliderRow({
          name: p.name,
          label: p.label,
          about: `${p.words === p.label ? '' : p.words}${p.unit && ` [${p.unit}]`}`,
          low: p.low,
          high: p.high,
          beyond: 0,
          changed: value => this.app.setPhysics(p.name, value),
        }),
    );
    this.isDistributed = false;
    this.note = make('p', { css: 'note', 'aria-live': 'polite' });
    const older = this.rows.filter((_, k) => this.parameters[k].isHistory);
    this.arrows = make('input', { type: 'checkbox', checked: true, id: 'arrows', on: { change: () => this.app.drawMarks() } });
    this.panel.replaceChildren(
      make(
        'div',
        { css: 'bar' },
        button('Back to the galaxy', () => this.app.store.set({ physics: {}, sliders: {} })),
        make('label', {}, this.arrows, ' arrows on the map'),
        button('Parameters as CSV', () => this.save(), { title: 'A catalogue for galatent simulate --catalogue' }),
      ),
      this.note,
      make('div', { css: 'sliders' }, ...this.rows.filter(r => !older.includes(r)).map(r => r.element)),
      make('details', {}, make('summary', { text: 'Older history' }), make('div', { css: 'sliders' }, ...older.map(r => r.element))),
      this.inversePart(model),
    );
  }

  inversePart(model) {
    this.which = make(
      'select',
      { 'aria-label': 'Latent dimension to change', on: { change: () => this.showInverse() } },
      ...model.dimensions.map(d => make('option', { value: d.index, text: d.name })),
    );
    this.amount = make('input', {
      type: 'number',
      step: 0.25,
      value: 1,
      css: 'number',
      'aria-label': 'By how much',
      on: { input: () => this.showInverse() },
    });
    this.answer = make('div', { css: 'answer' });
    return make(
      'section',
      {},
      make('h2', { text: 'Which physics moves a dimension?' }),
      make(
        'div',
        { css: 'bar' },
        'To change ',
        this.which,
        ' by ',
        this.amount,
        button('Try it', () => this.tryInverse()),
      ),
      this.answer,
    );
  }

  question() {
    const { physics } = this.app.store.state;
    return { model: this.app.model.hash, row: this.app.base.row, parameters: physics };
  }

  // Shown for the first time for this galaxy: its parameters, and what moves what.
  async open() {
    if (this.rows.length === 0) return;
    this.distribute();
    if (this.app.base.model !== this.app.model) return;
    if (this.shown !== JSON.stringify(this.question())) await this.app.movePhysics();
    else await this.differentiate();
  }

  // The data above the sliders, once somebody looks.
  distribute() {
    if (this.isDistributed) return;
    this.isDistributed = true;
    this.rows.forEach((row, k) => {
      const { name } = this.parameters[k];
      if (this.app.run.columns.some(c => c.name === name)) this.app.column(name).then(c => row.distribution(c.values));
    });
  }

  // The spectrum of the sliders; nothing where a newer question is on its way.
  async simulate() {
    try {
      const question = this.question();
      const answer = await this.simulation.put(question);
      if (!answer) return null;
      this.say(
        Object.keys(this.app.store.state.physics).length
          ? ''
          : 'Move a slider: the spectrum is simulated and encoded, and the point moves on the map.',
      );
      this.shown = JSON.stringify(question);
      this.catalogue = answer.notes.catalogue;
      this.follow(answer.numbers.values);
      clearTimeout(this.later);
      this.later = setTimeout(() => this.app.busy(this.differentiate()), RestMilliseconds);
      return answer.numbers;
    } catch (error) {
      this.say(error.message);
      return null;
    }
  }

  follow(values) {
    this.values = values;
    this.rows.forEach((row, k) => row.follow(values[k]));
    if (Object.keys(this.app.store.state.physics).length === 0) this.rows.forEach((row, k) => row.start(values[k]));
  }

  async differentiate() {
    if (this.app.store.state.tab !== 'physics') return;
    const answer = await this.differentiation.put(this.question());
    if (!answer) return;
    this.jacobian = answer.numbers.jacobian;
    this.app.drawMarks();
    this.showInverse();
    if (this.wanted) this.tellOutcome();
  }

  // Arrows of the parameters that move the point most, per standard deviation of the population.
  arrowsFrom(z) {
    if (!this.jacobian || !this.arrows?.checked || this.app.store.state.tab !== 'physics') return [];
    const { x, y } = this.app.store.state;
    const [from, scale] = [[this.app.valueAt(x, z), this.app.valueAt(y, z)], this.app.map.view];
    if (!from.every(Number.isFinite)) return [];
    const width = this.app.model.latentDimensions;
    const along = (name, k) => {
      const dimension = this.app.model.dimensions.find(d => d.name === name);
      if (dimension) return this.jacobian[k * width + dimension.index];
      return this.parameters[k].name === name ? this.parameters[k].deviation : 0;
    };
    return this.parameters
      .map((p, k) => ({ p, dx: along(x, k), dy: along(y, k) }))
      .map(a => ({ ...a, size: Math.hypot(a.dx / (scale[1] - scale[0]), a.dy / (scale[3] - scale[2])) }))
      .filter(a => a.size > 0.02)
      .sort((a, b) => b.size - a.size)
      .slice(0, MostArrows)
      .map(({ p, dx, dy }) => ({ from, to: [from[0] + dx, from[1] + dy], label: p.label, colour: this.app.colour('arrow') }));
  }

  solve() {
    const { model, sigma } = this.app;
    const wanted = new Float64Array(model.latentDimensions);
    wanted[Number(this.which.value)] = Number(this.amount.value);
    const change = inverse(this.jacobian, this.parameters.length, model.latentDimensions, wanted, sigma, [Number(this.which.value)]);
    return { change, moved: forward(this.jacobian, this.parameters.length, model.latentDimensions, change) };
  }

  showInverse() {
    if (!this.jacobian || !Number.isFinite(Number(this.amount.value))) return;
    const { change, moved } = this.solve();
    const chosen = Number(this.which.value);
    const name = this.app.model.dimensions.find(d => d.index === chosen).name;
    const others = this.app.model.dimensions
      .filter(d => d.index !== chosen)
      .sort((a, b) => Math.abs(moved[b.index]) - Math.abs(moved[a.index]));
    const side = others.length ? ` The largest side effect is ${fixed(moved[others[0].index], 2)} of ${others[0].name}.` : '';
    const rows = this.parameters
      .map((p, k) => ({ p, sd: change[k] }))
      .filter(r => Math.abs(r.sd) > 0.05)
      .sort((a, b) => Math.abs(b.sd) - Math.abs(a.sd));
    this.answer.replaceChildren(
      make('p', {
        text:
          'The smallest change of the parameters, each in units of its spread over the galaxies, moves ' +
          `${name} by ${fixed(moved[chosen], 2)} to first order.${side}`,
      }),
      make(
        'table',
        { css: 'plain' },
        make('thead', {}, make('tr', {}, ...['parameter', 'change', 'in spreads'].map(t => make('th', { text: t, scope: 'col' })))),
        make(
          'tbody',
          {},
          ...rows.map(({ p, sd }) =>
            make(
              'tr',
              {},
              make('th', { text: p.words, scope: 'row' }),
              make('td', { text: `${short(sd * p.deviation)} ${p.unit}` }),
              make('td', { text: fixed(sd, 2) }),
            ),
          ),
        ),
      ),
    );
  }

  tryInverse() {
    if (!this.jacobian) return;
    const { change, moved } = this.solve();
    const chosen = Number(this.which.value);
    this.wanted = { chosen, before: this.app.z[chosen], predicted: moved[chosen] };
    const physics = { ...this.app.store.state.physics };
    this.parameters.forEach((p, k) => {
      if (Math.abs(change[k]) > 0.01) physics[p.name] = Math.max(p.low, Math.min(p.high, this.values[k] + change[k] * p.deviation));
    });
    this.app.store.set({ physics, sliders: {} });
  }

  tellOutcome() {
    const { chosen, before, predicted } = this.wanted;
    const name = this.app.model.dimensions.find(d => d.index === chosen).name;
    this.wanted = null;
    this.say(`${name} moved by ${fixed(this.app.z[chosen] - before, 2)}; ${fixed(predicted, 2)} was predicted to first order.`);
  }

  say(text) {
    if (this.note) this.note.textContent = text;
  }

  save() {
    if (this.catalogue) downloadText('galaxy-parameters.csv', this.catalogue);
  }
}
