// Decodes apart from the page, so that sliders and map stay smooth while it works.
import { decoderOf } from './decoder-weights.js';

let decoder;

self.addEventListener('message', ({ data }) => {
  if (data.numbers) {
    decoder = decoderOf(data);
    return;
  }
  const flux = Float32Array.from(decoder.decode(data.z));
  self.postMessage({ id: data.id, flux }, [flux.buffer]);
});
