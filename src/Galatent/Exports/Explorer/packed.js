// The decoder of a page that holds its numbers as text.

const bytesOf = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));

// Large blocks are float16, divided by their largest number; small ones are float32.
function unpackWeights(data) {
  const halves = Float64Array.from({ length: 65536 }, (_, bits) => halfToNumber(bits));
  const view = new DataView(bytesOf(data.weights).buffer);
  let place = 0;
  return data.blocks.map(({ count, scale, bytes }) => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++, place += bytes) {
      values[i] = scale * (bytes === 2 ? halves[view.getUint16(place, true)] : view.getFloat32(place, true));
    }
    return values;
  });
}

function numbersOf(base64, size, read) {
  const view = new DataView(bytesOf(base64).buffer);
  return Float64Array.from({ length: view.byteLength / size }, (_, i) => read(view, i * size));
}

function unpackDecoder(data) {
  const singles = base64 => numbersOf(base64, 4, (view, at) => view.getFloat32(at, true));
  return new Decoder({
    slope: data.negativeSlope,
    layers: data.layers,
    weights: unpackWeights(data),
    mean: singles(data.mean),
    linear: singles(data.linear),
    gain: singles(data.gain),
  });
}
