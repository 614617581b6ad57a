// Questions to the decoder's worker: one is answered at a time, and of those that wait for the sliders only the newest.

export class Decoding {
  constructor() {
    this.worker = new Worker('decoder-worker.js', { type: 'module' });
    this.worker.addEventListener('message', ({ data }) => this.answered(data));
    this.waiting = [];
    this.count = 0;
  }

  load({ numbers, notes }) {
    this.worker.postMessage({ numbers, notes });
  }

  // A question that must be answered.
  decode(z) {
    return new Promise(done => this.enter({ z, done }));
  }

  // A question that a newer one of the same kind replaces; it is then answered with nothing.
  newest(kind, z) {
    return new Promise(done => {
      const older = this.waiting.findIndex(q => q.kind === kind);
      if (older >= 0) this.waiting.splice(older, 1)[0].done(null);
      this.enter({ z, kind, done });
    });
  }

  enter(question) {
    this.waiting.push(question);
    this.next();
  }

  next() {
    if (this.asked || this.waiting.length === 0) return;
    this.asked = { ...this.waiting.shift(), id: ++this.count, since: performance.now() };
    this.worker.postMessage({ id: this.asked.id, z: Float64Array.from(this.asked.z) });
  }

  answered({ id, flux }) {
    const { done, since } = this.asked;
    this.asked = null;
    this.lastMilliseconds = performance.now() - since;
    this.next();
    done(flux, id);
  }
}
