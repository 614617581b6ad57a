// Questions to the decoder. A small one answers in the page, at once, so that the frame after a move shows it; a large one in a worker.
import { decoderOf, productsOf } from './decoder-weights.js';
import { Posted } from './posted.js';

// So many products take a third of a frame. A worker competes for the processor with the frame that is being drawn: on two cores one
// answer in seven took two frames.
const MostProductsHere = 6e6;

// A little less than a frame.
const LeastMilliseconds = 12;

export class Decoding {
  load(tensors) {
    this.posted?.end();
    const isSmall = productsOf(tensors) <= MostProductsHere;
    this.here = isSmall ? decoderOf(tensors) : null;
    this.posted = isSmall ? null : new Posted(tensors);
  }

  // A question that must be answered.
  async decode(z) {
    return this.here ? this.decodeHere(z) : this.posted.ask(z);
  }

  // A question that a newer one replaces; it is then answered with nothing.
  async newest(z) {
    const { here } = this;
    if (!here) return this.posted.newest(z);
    this.waiting?.(false);
    // One place per frame is enough, however often the sliders move.
    if (performance.now() - this.since < LeastMilliseconds) {
      const isNewest = await new Promise(go => {
        this.waiting = go;
        requestAnimationFrame(() => go(true));
      });
      if (!isNewest || here !== this.here) return null;
    }
    return this.decodeHere(z);
  }

  decodeHere(z) {
    this.since = performance.now();
    const flux = Float32Array.from(this.here.decode(z));
    this.lastMilliseconds = performance.now() - this.since;
    return flux;
  }
}
