// What the page shows, as one record. It stands in the address, so that a copied address shows the same, and steps can be undone.

const MostSteps = 50;
const MostPins = 6;
export const MostVertices = 60;

const rounded = x => Number(x.toPrecision(6));
const list = numbers => numbers.map(rounded).join(',');
const numbersOf = text => text.split(',').map(Number);

// Only the fields that say what is shown; numbers themselves are loaded from it.
const Empty = {
  beta: null,
  x: '',
  y: '',
  colour: '',
  spread: false,
  view: null,
  pins: [],
  lasso: null,
  sliders: {},
  physics: {},
  tab: 'dimensions',
};

export class Store extends EventTarget {
  constructor(first) {
    super();
    this.first = { ...Empty, ...first };
    this.state = { ...this.first };
    this.past = [];
    this.future = [];
  }

  // Changes some fields. A step can be undone; a change without a step belongs to the one before.
  set(changes, { step = true } = {}) {
    const before = this.state;
    this.state = { ...before, ...changes };
    if (this.state.pins.length > MostPins) this.state.pins = this.state.pins.slice(-MostPins);
    if (step) {
      this.past.push(before);
      if (this.past.length > MostSteps) this.past.shift();
      this.future = [];
    }
    this.tell(before);
  }

  undo() {
    this.swap(this.past, this.future);
  }

  redo() {
    this.swap(this.future, this.past);
  }

  swap(from, to) {
    if (from.length === 0) return;
    const before = this.state;
    to.push(before);
    this.state = from.pop();
    this.tell(before);
  }

  tell(before) {
    const changed = new Set(Object.keys(this.state).filter(k => this.state[k] !== before[k]));
    this.dispatchEvent(new CustomEvent('change', { detail: changed }));
    this.keep();
  }

  // At most four times a second: browsers slow down pages that change their address more often.
  keep() {
    if (this.later) return;
    this.later = setTimeout(() => {
      this.later = null;
      history.replaceState(null, '', `#${this.text()}`);
    }, 250);
  }

  text() {
    const { beta, x, y, colour, spread, view, pins, lasso, sliders, physics, tab } = this.state;
    const entries = [
      ['beta', beta],
      ['x', x],
      ['y', y],
      ['colour', colour],
    ];
    if (spread) entries.push(['spread', 1]);
    if (view) entries.push(['view', list(view)]);
    if (pins.length) entries.push(['pins', pins.join(',')]);
    if (lasso) entries.push(['lasso', list(lasso.flat())]);
    for (const [name, values] of [
      ['z', sliders],
      ['p', physics],
    ]) {
      const pairs = Object.entries(values).map(([k, v]) => `${k}:${rounded(v)}`);
      if (pairs.length) entries.push([name, pairs.join(',')]);
    }
    if (tab !== this.first.tab) entries.push(['tab', tab]);
    return new URLSearchParams(entries).toString();
  }
}

// The record of an address; throws where a part of it means nothing.
export function stateOf(hash, run) {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const state = {};
  const number = text => {
    const value = Number(text);
    if (text === '' || !Number.isFinite(value)) throw new Error(`${text} is no number`);
    return value;
  };
  for (const [key, text] of query) {
    if (key === 'beta') {
      state.beta = number(text);
      if (!run.models.some(m => m.beta === state.beta)) throw new Error('no such beta');
    } else if (['x', 'y', 'colour'].includes(key)) state[key] = text;
    else if (key === 'tab') state.tab = text;
    else if (key === 'spread') state.spread = true;
    else if (key === 'view') {
      state.view = numbersOf(text).map(number);
      if (state.view.length !== 4 || !(state.view[1] > state.view[0]) || !(state.view[3] > state.view[2])) throw new Error('no view');
    } else if (key === 'pins') {
      state.pins = numbersOf(text);
      if (!state.pins.every(r => Number.isInteger(r) && r >= 0 && r < run.count)) throw new Error('no such galaxy');
    } else if (key === 'lasso') {
      const flat = numbersOf(text).map(number);
      state.lasso = Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
      if (state.lasso.length < 3 || state.lasso.length > MostVertices) throw new Error('no lasso');
    } else if (key === 'z' || key === 'p') {
      state[key === 'z' ? 'sliders' : 'physics'] = Object.fromEntries(
        text.split(',').map(pair => {
          const [name, value] = pair.split(':');
          return [name, number(value)];
        }),
      );
    } else throw new Error(`${key} means nothing`);
  }
  const model = run.models.find(m => m.beta === (state.beta ?? run.models[run.chosen].beta));
  const names = new Set([...run.columns, ...model.columns].map(c => c.name));
  for (const axis of ['x', 'y', 'colour']) if (state[axis] && !names.has(state[axis])) throw new Error('no such column');
  return state;
}
