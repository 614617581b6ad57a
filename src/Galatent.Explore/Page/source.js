// Where the numbers come from: a program that answers, or the files of an export. The rest of the page does not know which.
import { columnOf, readTensors } from './tensors.js';

const TokenName = 'galatent-token';

export class Refused extends Error {}

// The token comes in the address once, is kept for this tab, and leaves the address: a copied address does not hold it.
function takeToken() {
  const given = /^#token=([0-9a-f]{32})(?:&|$)/.exec(location.hash);
  if (given) {
    sessionStorage.setItem(TokenName, given[1]);
    history.replaceState(null, '', `${location.pathname}#${location.hash.slice(given[0].length)}`);
  }
  return sessionStorage.getItem(TokenName) ?? '';
}

async function sentence(reply) {
  const type = reply.headers.get('content-type') ?? '';
  return type.includes('problem+json') ? (await reply.json()).detail : `The answer was ${reply.status} ${reply.statusText}.`;
}

export class LiveSource {
  constructor() {
    this.token = takeToken();
  }

  async ask(path, options = {}) {
    let reply;
    try {
      reply = await fetch(`/api/${path}`, { ...options, headers: { Authorization: `Bearer ${this.token}`, ...options.headers } });
    } catch {
      throw new Refused('The program does not answer. It may have been ended; start galatent explore again.');
    }
    if (!reply.ok) throw new Refused(await sentence(reply));
    return reply;
  }

  async tensors(path, options) {
    return readTensors(await (await this.ask(path, options)).arrayBuffer());
  }

  async json(path) {
    return (await this.ask(path)).json();
  }

  question(path, body) {
    return this.tensors(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  }

  run() {
    return this.json('run');
  }

  async order() {
    return (await this.tensors('order')).numbers.row;
  }

  identifiers() {
    return this.json('identifiers');
  }

  async column(hash, name) {
    return columnOf(await this.tensors(`columns/${hash}/${name}`));
  }

  decoder(model) {
    return this.tensors(`models/${model.hash}/decoder`);
  }

  information(model) {
    return this.json(`models/${model.hash}/information`);
  }

  async spectrum(row) {
    return (await this.tensors(`spectra/${row}`)).numbers;
  }

  async latents(model, row) {
    return (await this.tensors(`models/${model.hash}/latents/${row}`)).numbers;
  }

  async meanOf(rows) {
    return (await this.question('selection', { rows: [...rows] })).numbers;
  }

  simulate(question) {
    return this.question('simulate', question);
  }

  derivatives(question) {
    return this.question('derivatives', question);
  }

  // What is usual for a model is measured before the first file comes.
  async prepare(model) {
    await this.ask(`models/${model.hash}/usual`);
  }

  upload(file, { model, redshift, frame }) {
    const query = new URLSearchParams({ model, frame });
    if (redshift !== '') query.set('redshift', redshift);
    return this.tensors(`uploads?${query}`, {
      method: 'POST',
      body: file,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
  }
}

// The same from files beside the page.
export class StaticSource {
  columns = new Map();

  async file(path) {
    const reply = await fetch(`data/${path}`);
    if (!reply.ok) throw new Refused(`The file data/${path} of this page is missing.`);
    return reply;
  }

  async tensors(path) {
    return readTensors(await (await this.file(`${path}.safetensors`)).arrayBuffer());
  }

  async run() {
    return (await this.file('run.json')).json();
  }

  async order() {
    const { row } = (await this.tensors('order')).numbers;
    this.place = new Map(Array.from(row, (r, i) => [r, i]));
    return row;
  }

  async identifiers() {
    return (await this.file('identifiers.json')).json();
  }

  column(hash, name) {
    const key = `columns/${hash}/${name}`;
    if (!this.columns.has(key)) this.columns.set(key, this.tensors(key).then(columnOf));
    return this.columns.get(key);
  }

  decoder(model) {
    return this.tensors(`models/${model.hash}/decoder`);
  }

  async information(model) {
    return (await this.file(`models/${model.hash}/information.json`)).json();
  }

  async spectrum(row) {
    this.spectra ??= this.tensors('spectra');
    const {
      numbers: { mean, vectors, scores, flux: exact, mask },
      shapes,
    } = await this.spectra;
    if (exact) {
      const [kept, width] = shapes.flux;
      const place = this.place.get(row);
      const part = numbers => numbers.slice(place * width, (place + 1) * width);
      return place < kept ? { flux: part(exact), mask: part(mask) } : {};
    }
    const count = vectors.length / mean.length;
    const at = this.place.get(row) * count;
    const flux = Float32Array.from(mean);
    for (let c = 0; c < count; c++) {
      const score = scores[at + c];
      for (let p = 0; p < flux.length; p++) flux[p] += score * vectors[c * flux.length + p];
    }
    return { flux };
  }

  // Dimensions that are not in use stand at 0, where the decoder expects them.
  async latents(model, row) {
    const mu = new Float32Array(model.latentDimensions);
    const sigma = new Float32Array(model.latentDimensions).fill(1);
    await Promise.all(
      model.dimensions.map(async ({ index, name }) => {
        mu[index] = (await this.column(model.hash, name))[this.place.get(row)];
        sigma[index] = (await this.column(model.hash, `sd_${name}`))[this.place.get(row)];
      }),
    );
    return { mu, sigma };
  }

  async meanOf(rows) {
    const spectra = (await Promise.all(rows.map(row => this.spectrum(row)))).filter(s => s.flux);
    if (spectra.length === 0) return null;
    const mean = new Float32Array(spectra[0].flux.length);
    const squares = new Float64Array(mean.length);
    spectra.forEach(({ flux }, n) => {
      for (let p = 0; p < mean.length; p++) {
        const before = flux[p] - mean[p];
        mean[p] += before / (n + 1);
        squares[p] += before * (flux[p] - mean[p]);
      }
    });
    return { mean, deviation: Float32Array.from(squares, s => Math.sqrt(s / Math.max(1, spectra.length - 1))) };
  }
}
