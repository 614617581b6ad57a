// Decodes apart from the page, so that sliders and map stay smooth while it works.
import { Decoder } from './decoder.js';

let decoder;

self.addEventListener('message', ({ data }) => {
  if (data.numbers) {
    decoder = decoderOf(data);
    return;
  }
  const flux = Float32Array.from(decoder.decode(data.z));
  self.postMessage({ id: data.id, flux }, [flux.buffer]);
});

function decoderOf({ numbers, notes }) {
  const wide = name => new Float64Array(numbers[name] ?? 0);
  const layers = JSON.parse(notes.layers);
  const names = ['input', ...layers.keys()].flatMap(n => [`decoder.${n}.weight`, `decoder.${n}.bias`]);
  return new Decoder({
    slope: Number(notes.negative_slope),
    layers,
    weights: names.map(wide),
    mean: wide('mean'),
    linear: wide('linear'),
    gain: wide('gain'),
  });
}
