// Joins the parts: one record of what is shown (store), one source of numbers, and views that follow.
import { categories } from './colour.js';
import { Controls } from './controls.js';
import { Decoding } from './decoding.js';
import { Dimensions, sentenceOf } from './dimensions.js';
import { theme } from './dom.js';
import { short, whole } from './format.js';
import { Information } from './information.js';
import { MapView } from './map.js';
import { Physics } from './physics.js';
import { Selection } from './selection.js';
import { LiveSource, StaticSource } from './source.js';
import { SpectrumView } from './spectrum.js';
import { SpectrumScene } from './scene.js';
import { stateOf, Store } from './store.js';
import { Yours } from './yours.js';

const byId = id => document.getElementById(id);
const isEmpty = record => Object.keys(record).length === 0;

class App {
  constructor(source) {
    this.source = source;
    this.columns = new Map();
    this.tasks = 0;
    this.decoding = new Decoding();
  }

  async start() {
    [this.run, this.order] = await Promise.all([this.source.run(), this.source.order()]);
    this.place = new Int32Array(this.run.count);
    this.order.forEach((row, i) => {
      this.place[row] = i;
    });
    this.store = new Store({ ...this.firstOf(this.run.models[this.run.chosen]), ...this.fromAddress() });
    this.map = new MapView({ base: byId('map-base'), over: byId('map-over'), key: byId('map-key'), note: byId('map-note') });
    this.spectrum = new SpectrumView(byId('spectrum'), this.run);
    const remark = byId('spectrum-remark');
    remark.textContent = this.run.capabilities.spectraRemark;
    remark.hidden = remark.textContent === '';
    this.scene = new SpectrumScene(this);
    this.parts = {
      dimensions: new Dimensions(this, byId('panel-dimensions')),
      physics: new Physics(this, byId('panel-physics')),
      information: new Information(this, byId('panel-information')),
      selection: new Selection(this, byId('panel-selection')),
      yours: new Yours(this, byId('panel-yours')),
    };
    this.controls = new Controls(this);
    this.parts.yours.load();
    this.store.addEventListener('change', ({ detail }) => this.busy(this.follow(detail)));
    await this.busy(this.loadModel());
    performance.mark('usable');
  }

  fromAddress() {
    try {
      return stateOf(location.hash, this.run);
    } catch {
      this.say('The address is damaged, so the first view is shown.');
      return {};
    }
  }

  // The view of a model before anything was chosen.
  firstOf(model) {
    const { x, y, colour, row } = model.first;
    return { beta: model.beta, x, y, colour, pins: [row] };
  }

  get model() {
    return this.run.models.find(m => m.beta === this.store.state.beta) ?? this.run.models[this.run.chosen];
  }

  get listed() {
    return [...this.run.columns, ...this.model.columns];
  }

  // A column with its numbers, loaded once.
  column(name) {
    const { model } = this;
    const own = model.columns.find(c => c.name === name);
    const described = own ?? this.run.columns.find(c => c.name === name);
    const key = `${own ? model.hash : this.run.hash}/${name}`;
    if (!this.columns.has(key)) {
      const hash = own ? model.hash : this.run.hash;
      if (described.group === 'Measured on the spectra') this.say('Measuring on all spectra …');
      this.columns.set(
        key,
        this.source.column(hash, name).then(values => {
          this.say('');
          return { ...described, values, about: model.dimensions.find(d => d.name === name)?.about };
        }),
      );
    }
    return this.columns.get(key);
  }

  identifiers() {
    this.names ??= this.source.identifiers();
    return this.names;
  }

  async loadModel() {
    const { model } = this;
    this.controls.lists();
    this.parts.physics.load(model);
    // What comes after another model was chosen is left alone, here and below.
    this.hasDecoder = this.source.decoder(model).then(tensors => {
      if (model === this.model) this.decoding.load(tensors);
    });
    this.parts.dimensions.load(model);
    await Promise.all([this.showMap(), this.showBase()]);
    if (model !== this.model) return;
    this.busy(this.parts.dimensions.distribute(model));
    this.parts.yours.show();
    await this.showLasso();
    this.showTab();
  }

  async follow(changed) {
    const is = (...names) => names.some(n => changed.has(n));
    if (is('pins', 'physics', 'sliders')) this.parts.dimensions.stopUnlessStepping();
    if (is('beta')) return this.loadModel();
    if (is('x', 'y', 'colour', 'spread')) await this.showMap();
    if (is('view')) this.applyView();
    if (is('pins')) await this.showBase();
    else if (is('physics', 'sliders')) await this.move();
    if (is('lasso', 'x', 'y')) await this.showLasso();
    if (is('tab')) this.showTab();
    this.controls.follow();
  }

  async showMap() {
    const { x, y, colour, spread } = this.store.state;
    const call = (this.mapCall = {});
    const columns = await Promise.all([x, y, colour].map(name => this.column(name)));
    if (call !== this.mapCall) return;
    byId('sentence').textContent = sentenceOf(this.model, x, y, colour);
    this.map.isSpread = spread;
    this.map.show({ x: columns[0], y: columns[1], colour: columns[2] });
    this.applyView();
    this.drawMarks();
    this.controls.follow();
  }

  applyView() {
    this.map.view = this.store.state.view ?? this.map.whole;
    this.map.draw();
  }

  async showLasso() {
    this.map.select(this.store.state.lasso);
    await this.parts.selection.show(this.map.mask);
  }

  // The galaxy of the last pin is the one that sliders start from.
  async showBase() {
    const { pins } = this.store.state;
    const row = pins.at(-1) ?? this.model.first.row;
    const call = (this.baseCall = {});
    const { model } = this;
    const [pinned, latents] = await Promise.all([this.scene.spectra([...new Set([...pins, row])]), this.source.latents(model, row)]);
    await this.hasDecoder;
    const reconstruction = await this.decoding.decode(latents.mu);
    if (call !== this.baseCall) return;
    const input = pinned.get(row);
    // An export does not hold every observed spectrum.
    this.base = { model, row, mu: latents.mu, reconstruction, isMissing: !input.flux, ...input, flux: input.flux ?? reconstruction };
    this.sigma = latents.sigma;
    this.upload = null;
    this.z = Float64Array.from(latents.mu);
    await this.move();
    this.tellBase();
  }

  // Physics or sliders, whichever was moved last. Before the galaxy of this model is there, nothing can start from it.
  async move() {
    if (this.base?.model !== this.model) return;
    if (!isEmpty(this.store.state.physics)) return this.movePhysics();
    this.moveSliders();
    if (this.store.state.tab === 'physics') this.busy(this.movePhysics());
  }

  setSlider(index, value) {
    const { sliders, physics } = this.store.state;
    const step = isEmpty(sliders) || this.store.future.length > 0;
    this.store.set({ sliders: { ...sliders, [index]: value }, ...(isEmpty(physics) ? {} : { physics: {} }) }, { step });
  }

  setPhysics(name, value) {
    const { sliders, physics } = this.store.state;
    const step = isEmpty(physics) || this.store.future.length > 0;
    this.store.set({ physics: { ...physics, [name]: value }, ...(isEmpty(sliders) ? {} : { sliders: {} }) }, { step });
  }

  // Only the newest place of the sliders is decoded; the page does not wait for it.
  moveSliders() {
    this.simulated = null;
    this.z = Float64Array.from(this.base.mu);
    for (const [index, value] of Object.entries(this.store.state.sliders)) this.z[Number(index)] = value;
    this.busy(this.showZ());
  }

  async showZ() {
    this.parts.dimensions.follow(this.z, this.base.mu);
    this.drawMarks();
    // One place is decoded at a time, so that an answer is never older than what is shown; only another galaxy makes it void.
    const { base } = this;
    const flux = await this.decoding.newest(this.z);
    if (!flux || base !== this.base) return;
    this.decoded = flux;
    this.scene.draw(true);
  }

  async movePhysics() {
    const numbers = await this.parts.physics.simulate();
    // Without a change the galaxy itself was simulated, for the sliders to start from.
    if (!numbers || isEmpty(this.store.state.physics)) return;
    this.simulated = numbers.flux;
    this.z = Float64Array.from(numbers.mu);
    this.sigma = numbers.sigma;
    // The spectrum first: its reconstruction takes as long again.
    this.scene.draw(true);
    await this.showZ();
  }

  // The place of a latent vector on an axis; NaN where the axis is not one of the latents or parameters.
  valueAt(axis, z, values = this.parts.physics.values) {
    const dimension = this.model.dimensions.find(d => d.name === axis);
    if (dimension) return z[dimension.index];
    const k = this.run.capabilities.physics.findIndex(p => p.name === axis);
    return k >= 0 && values ? values[k] : NaN;
  }

  colour(name) {
    return theme(name);
  }

  pinColour(i) {
    return categories()[i];
  }

  get isMoved() {
    return this.z && this.base && this.z.some((v, i) => Math.abs(v - this.base.mu[i]) > 1e-6);
  }

  drawMarks() {
    if (!this.map.columns) return;
    const { x, y, pins } = this.store.state;
    const { x: xs, y: ys } = this.map.columns;
    const marks = pins.map((row, i) => ({
      x: xs.values[this.place[row]],
      y: ys.values[this.place[row]],
      colour: this.pinColour(i),
      label: whole(row),
      shape: 'ring',
    }));
    const add = (z, label, colour, values) => {
      const at = [this.valueAt(x, z, values), this.valueAt(y, z, values)];
      if (at.every(Number.isFinite)) marks.push({ x: at[0], y: at[1], colour, label, shape: 'diamond' });
    };
    if (this.isMoved) add(this.z, this.simulated ? 'simulated' : 'sliders', theme(this.simulated ? 'green' : 'warm'));
    if (this.upload) add(this.upload.mu, 'yours', theme('arrow'), null);
    this.map.marks = marks;
    this.map.arrows = this.z ? this.parts.physics.arrowsFrom(this.z) : [];
    this.map.drawMarks();
  }

  showUpload(spectrum) {
    this.busy(
      (async () => {
        if (spectrum && !spectrum.reconstruction) {
          await this.hasDecoder;
          const isOurs = () => spectrum.model === this.model.hash;
          const reconstruction = isOurs() && (await this.decoding.decode(spectrum.mu));
          if (!reconstruction || !isOurs()) return;
          spectrum.reconstruction = reconstruction;
        }
        this.upload = spectrum;
        this.drawMarks();
        this.scene.draw();
      })(),
    );
  }

  setMean(mean) {
    this.mean = mean;
    this.scene.draw();
  }

  showPair(row, column) {
    const isOwn = this.model.dimensions.some(d => d.name === column);
    this.store.set(isOwn ? { x: row, y: column, view: null } : { x: row, y: column, colour: column, view: null });
  }

  selectView() {
    const [x0, x1, y0, y1] = this.map.view;
    this.store.set({
      lasso: [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ],
    });
  }

  pin(row) {
    const { pins } = this.store.state;
    this.store.set({ pins: [...pins.filter(p => p !== row), row], sliders: {}, physics: {} });
  }

  showTab() {
    const { tab } = this.store.state;
    this.controls.showTab(tab);
    if (tab === 'information' && this.parts.information.model !== this.model) this.busy(this.parts.information.load(this.model));
    if (tab === 'yours' && this.run.capabilities.live) this.source.prepare(this.model).catch(error => this.say(error.message));
    if (tab === 'physics' && this.base) this.busy(this.parts.physics.open());
    this.drawMarks();
  }

  tellBase() {
    const known = ['log_z_gas', 'log_z_star', 'log_mass', 'log_ssfr', 'redshift'].filter(n => this.run.columns.some(c => c.name === n));
    this.busy(
      Promise.all(known.map(n => this.column(n))).then(columns => {
        const at = this.place[this.base.row];
        byId('map-told').textContent =
          `Galaxy ${whole(this.base.row)}: ${columns.map(c => `${c.label} ${short(c.values[at])}`).join(', ')}`;
        const z = columns.find(c => c.name === 'redshift');
        this.scene.redshift = z ? z.values[at] : 0;
        this.controls.follow();
      }),
    );
  }

  say(text) {
    byId('message').textContent = text;
  }

  // Whether the page has anything to do stands in data-state: for tests, and for people who automate it.
  async busy(work) {
    this.tasks++;
    document.body.dataset.state = 'busy';
    try {
      return await work;
    } catch (error) {
      this.say(error.message);
      throw error;
    } finally {
      const { dataset } = document.body;
      if (--this.tasks === 0)
        requestAnimationFrame(() => {
          if (this.tasks === 0 && dataset.state !== 'failed') dataset.state = 'idle';
        });
    }
  }
}

const app = new App(document.documentElement.dataset.source === 'live' ? new LiveSource() : new StaticSource());
// For the console, and for tests.
window.galatent = app;
app.start().catch(error => {
  console.error(error);
  document.getElementById('message').textContent = error.message;
  document.body.dataset.state = 'failed';
});
