// Questions to a decoder in a worker: one is answered at a time, and of those that wait for the sliders only the newest.

export class Posted {
  constructor({ numbers, notes }) {
    this.worker = new Worker('decoder-worker.js', { type: 'module' });
    this.worker.addEventListener('message', ({ data }) => this.answered(data));
    this.worker.postMessage({ numbers, notes });
    this.waiting = [];
    this.count = 0;
  }

  ask(z) {
    return new Promise(done => this.enter({ z, done }));
  }

  newest(z) {
    return new Promise(done => {
      const older = this.waiting.findIndex(q => q.isReplaceable);
      if (older >= 0) this.waiting.splice(older, 1)[0].done(null);
      this.enter({ z, done, isReplaceable: true });
    });
  }

  // Another decoder follows: nothing more is answered.
  end() {
    this.worker.terminate();
    for (const question of [this.asked, ...this.waiting]) question?.done(null);
  }

  enter(question) {
    this.waiting.push(question);
    this.next();
  }

  next() {
    if (this.asked || this.waiting.length === 0) return;
    this.asked = { ...this.waiting.shift(), id: ++this.count };
    this.worker.postMessage({ id: this.asked.id, z: Float64Array.from(this.asked.z) });
  }

  answered({ id, flux }) {
    if (id !== this.asked?.id) return;
    const { done } = this.asked;
    this.asked = null;
    this.next();
    done(flux);
  }
}
