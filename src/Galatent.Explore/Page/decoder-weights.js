// The decoder of a reply, and how much work it is.
import { Decoder } from './decoder.js';

export function decoderOf({ numbers, notes }) {
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

// Products that one latent vector takes.
export const productsOf = ({ notes }) =>
  JSON.parse(notes.layers).reduce((sum, l) => sum + l.coarseChannels * l.fineChannels * l.kernel * l.coarseLength, 0);
