// Lists, buttons, tabs and keys.
import { isDark } from './colour.js';
import { fillList, make } from './dom.js';
import { short, whole } from './format.js';

const Regions = [
  ['Ultraviolet', 1150, 3600],
  ['[O II] to Hγ, 4000 Å break', 3650, 4450],
  ['Hβ and [O III]', 4800, 5060],
  ['Hα, [N II], [S II]', 6500, 6780],
  ['Near infrared', 7800, 9900],
];
const Tabs = ['dimensions', 'physics', 'information', 'selection', 'yours'];
const byId = id => document.getElementById(id);

export class Controls {
  constructor(app) {
    this.app = app;
    const { run, store, map, spectrum } = app;
    byId('run-name').textContent = run.name;
    byId('run-count').textContent = `${whole(run.count)} ${run.isObserved ? 'observed' : 'simulated'} galaxies`;
    document.title = `${run.name} · Galatent explorer`;
    byId('beta').replaceChildren(...run.models.map(m => make('option', { value: m.beta, text: m.beta })));
    byId('beta').addEventListener('change', () => this.chooseModel(Number(byId('beta').value)));
    for (const axis of ['x', 'y', 'colour']) {
      byId(`axis-${axis}`).addEventListener('change', ({ target }) =>
        store.set({ [axis]: target.value, ...(axis === 'colour' ? {} : { view: null }) }),
      );
    }
    byId('spread').addEventListener('change', ({ target }) => store.set({ spread: target.checked }));
    byId('undo').addEventListener('click', () => store.undo());
    byId('redo').addEventListener('click', () => store.redo());
    byId('link').addEventListener('click', () => this.copyLink());
    byId('theme').addEventListener('click', () => this.switchTheme());
    byId('help').addEventListener('click', () => byId('help-text').showModal());
    byId('find').addEventListener('submit', event => {
      event.preventDefault();
      app.busy(this.find(byId('find-text').value.trim()));
    });
    this.spectrumBar(spectrum);
    this.mapEvents(map);
    this.tabs();
    this.dropping();
    document.addEventListener('keydown', event => this.key(event));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.repaint());
    const watcher = new ResizeObserver(() => {
      map.draw();
      spectrum.draw();
    });
    watcher.observe(byId('map'));
    watcher.observe(byId('spectrum'));
    this.repaint();
  }

  // Axes and colours of the model that is shown.
  lists() {
    const { x, y, colour } = this.app.store.state;
    for (const [axis, name] of [
      ['x', x],
      ['y', y],
      ['colour', colour],
    ])
      fillList(byId(`axis-${axis}`), this.app.listed, name);
  }

  follow() {
    const { store } = this.app;
    const { beta, x, y, colour, spread } = store.state;
    byId('beta').value = beta;
    for (const [axis, name] of [
      ['x', x],
      ['y', y],
      ['colour', colour],
    ])
      byId(`axis-${axis}`).value = name;
    byId('spread').checked = spread;
    byId('undo').disabled = store.past.length === 0;
    byId('redo').disabled = store.future.length === 0;
    byId('frame').hidden = !(this.app.scene.redshift > 0);
    this.showFrame();
  }

  // Another model has other dimensions: its own first view is shown, with the same galaxies.
  chooseModel(beta) {
    const { app } = this;
    const model = app.run.models.find(m => m.beta === beta);
    app.store.set({ ...app.firstOf(model), pins: app.store.state.pins, view: null, lasso: null, sliders: {}, physics: {} });
  }

  spectrumBar(spectrum) {
    const { scene } = this.app;
    const [first, last] = [spectrum.wavelength[0], spectrum.wavelength.at(-1)];
    const regions = [['All wavelengths', first, last], ...Regions.filter(r => r[1] >= first && r[2] <= last)];
    byId('region').replaceChildren(...regions.map(([name], i) => make('option', { value: i, text: name })));
    byId('region').addEventListener('change', ({ target }) => spectrum.zoomTo(...regions[target.value].slice(1)));
    byId('log').addEventListener('click', () => {
      spectrum.isLog = !spectrum.isLog;
      byId('log').setAttribute('aria-pressed', spectrum.isLog);
      spectrum.draw();
    });
    byId('frame').addEventListener('click', () => {
      this.isObserved = !this.isObserved;
      this.showFrame();
    });
    byId('csv').addEventListener('click', () => scene.csv());
    byId('png').addEventListener('click', () => scene.png());
    byId('svg').addEventListener('click', () => scene.svg());
    spectrum.addEventListener('tell', ({ detail }) => {
      byId('spectrum-told').textContent = detail;
    });
  }

  showFrame() {
    const { spectrum, scene } = this.app;
    byId('frame').setAttribute('aria-pressed', Boolean(this.isObserved));
    const redshift = this.isObserved && scene.redshift > 0 ? scene.redshift : 0;
    if (redshift === spectrum.redshift) return;
    spectrum.redshift = redshift;
    spectrum.draw();
  }

  mapEvents(map) {
    const { app } = this;
    map.addEventListener('pick', ({ detail }) => app.pin(app.order[detail]));
    map.addEventListener('view', ({ detail }) => app.store.set({ view: detail }));
    map.addEventListener('lasso', ({ detail }) => app.store.set({ lasso: detail, tab: 'selection' }));
    map.addEventListener('hover', ({ detail }) => this.tell(detail));
    map.over.addEventListener('keydown', event => this.mapKey(event, map));
  }

  // The galaxy under the pointer in words.
  tell(i) {
    if (i === undefined) return this.app.tellBase();
    const { x, y, colour } = this.app.map.columns;
    const value = c => (c.categories.length ? c.categories[c.values[i]] : short(c.values[i]));
    byId('map-told').textContent = `Galaxy ${whole(this.app.order[i])}: ${[x, y, colour].map(c => `${c.label} ${value(c)}`).join(', ')}`;
  }

  mapKey(event, map) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const acts = {
      '+': () => map.zoom(0.7),
      '=': () => map.zoom(0.7),
      '-': () => map.zoom(1.4),
      0: () => this.app.store.set({ view: null }),
    };
    if (ways[event.key]) {
      const from = map.hover ?? this.app.place[this.app.base.row];
      map.hover = map.towards(from, ...ways[event.key]);
      this.tell(map.hover);
      map.drawMarks();
    } else if (event.key === 'Enter' && map.hover !== undefined) this.app.pin(this.app.order[map.hover]);
    else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  }

  key(event) {
    const isTyping = event.target.matches('input:not([type=range]):not([type=checkbox]), select, textarea');
    if ((event.ctrlKey || event.metaKey) && 'zy'.includes(event.key) && !isTyping) {
      event.preventDefault();
      if (event.key === 'z' && !event.shiftKey) this.app.store.undo();
      else this.app.store.redo();
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const { app } = this;
    const acts = {
      '?': () => byId('help-text').showModal(),
      '[': () => this.step(-1),
      ']': () => this.step(1),
      l: () => this.lassoMode(),
      L: () => this.lassoMode(),
      Escape: () => app.store.set({ pins: app.store.state.pins.slice(-1), lasso: null }),
    };
    if (!acts[event.key] || byId('help-text').open) return;
    acts[event.key]();
    event.preventDefault();
  }

  lassoMode() {
    this.app.map.isLassoing = true;
    byId('map-told').textContent = 'Drag around galaxies to select them.';
  }

  step(by) {
    const { app } = this;
    const row = (app.base.row + by + app.run.count) % app.run.count;
    app.store.set({ pins: [...app.store.state.pins.slice(0, -1), row], sliders: {}, physics: {} });
  }

  async find(text) {
    const { app } = this;
    const row = Number(text);
    if (app.run.hasIdentifiers) {
      const found = (await app.identifiers()).indexOf(text);
      if (found >= 0) return app.pin(found);
    }
    if (text !== '' && Number.isInteger(row) && row >= 0 && row < app.run.count) app.pin(row);
    else
      this.brief(
        `There is no galaxy ${text}; give a row from 0 to ${app.run.count - 1}${app.run.hasIdentifiers ? ' or an identifier' : ''}.`,
      );
  }

  async copyLink() {
    const address = `${location.origin}${location.pathname}#${this.app.store.text()}`;
    try {
      await navigator.clipboard.writeText(address);
      this.brief('The address of this view is copied. It does not hold the token.');
    } catch {
      this.brief(address);
    }
  }

  brief(text) {
    this.app.say(text);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.app.say(''), 4000);
  }

  switchTheme() {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('galatent-theme', theme);
    } catch {
      // A browser that keeps nothing shows it until the page is closed.
    }
    this.repaint();
  }

  repaint() {
    const { app } = this;
    app.map.draw();
    app.drawMarks();
    app.scene.draw();
    app.parts.information.repaint();
  }

  tabs() {
    Tabs.forEach((name, i) => {
      const tab = byId(`tab-${name}`);
      tab.addEventListener('click', () => this.app.store.set({ tab: name }, { step: false }));
      tab.addEventListener('keydown', event => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        const next = Tabs[(i + by + Tabs.length) % Tabs.length];
        this.app.store.set({ tab: next }, { step: false });
        byId(`tab-${next}`).focus();
        event.preventDefault();
      });
    });
  }

  showTab(shown) {
    for (const name of Tabs) {
      byId(`tab-${name}`).setAttribute('aria-selected', name === shown);
      byId(`tab-${name}`).tabIndex = name === shown ? 0 : -1;
      byId(`panel-${name}`).hidden = name !== shown;
    }
  }

  dropping() {
    const { app } = this;
    document.addEventListener('dragover', event => {
      event.preventDefault();
      document.body.classList.add('dropping');
    });
    document.addEventListener('dragleave', () => document.body.classList.remove('dropping'));
    document.addEventListener('drop', event => {
      event.preventDefault();
      document.body.classList.remove('dropping');
      const [file] = event.dataTransfer.files;
      if (!file) return;
      app.store.set({ tab: 'yours' }, { step: false });
      if (app.run.capabilities.live) app.parts.yours.send(file);
    });
  }
}
