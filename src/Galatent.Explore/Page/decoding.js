// Questions to the decoder. A small one answers in the page, at once, so that the frame after a move shows it; a large one in a worker.
import { decoderOf, productsOf } from './decoder-weights.js';
import { Posted } from './posted.js';

// So many products take a third of a frame. A worker competes for the processor with the frame that is being drawn: on two cores one
// answer in seven took two frames.
const MostProductsHere = 6e6;

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
    if (!this.here) return this.posted.newest(z);
    this.waiting?.(false);
    this.waiting = null;
    // One place is decoded per frame, however often the sliders move.
    if (
      this.isSpent &&
      !(await new Promise(go => {
        this.waiting = go;
      }))
    )
      return null;
    this.isSpent = true;
    requestAnimationFrame(() => {
      this.isSpent = false;
      this.waiting?.(true);
      this.waiting = null;
    });
    return this.decodeHere(z);
  }

  decodeHere(z) {
    const since = performance.now();
    const flux = Float32Array.from(this.here.decode(z));
    this.lastMilliseconds = performance.now() - since;
    return flux;
  }
}
