// From a latent vector to a spectrum. Shared by the page with sliders, the explorer and its exports.

// IEEE 754 half precision: 1 sign, 5 exponent, 10 mantissa bits.
function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}

// sums[i] += w[0] h[i] + w[2] h[i-1] + w[4] h[i-2], as many terms as there are taps; beyond its ends h is 0.
function addChannel(h, from, length, sums, weight, tap, taps) {
  const w0 = weight[tap];
  const w1 = taps > 1 ? weight[tap + 2] : 0;
  const w2 = taps > 2 ? weight[tap + 4] : 0;
  let one = 0;
  let two = 0;
  for (let i = 0; i < length; i++) {
    const now = h[from + i];
    sums[i] += w0 * now + w1 * one + w2 * two;
    two = one;
    one = now;
  }
  if (taps > 1) sums[length] += w1 * one + w2 * two;
  if (taps > 2) sums[length + 1] += w2 * one;
}

// The same for four channels with two taps each: the sums are read and written once. next: from the weights of a channel to the following.
function addFourOfTwo(h, from, length, sums, weight, tap, next) {
  const a0 = weight[tap];
  const a1 = weight[tap + 2];
  const b0 = weight[tap + next];
  const b1 = weight[tap + next + 2];
  const c0 = weight[tap + 2 * next];
  const c1 = weight[tap + 2 * next + 2];
  const d0 = weight[tap + 3 * next];
  const d1 = weight[tap + 3 * next + 2];
  const fromB = from + length;
  const fromC = fromB + length;
  const fromD = fromC + length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < length; i++) {
    const nowA = h[from + i];
    const nowB = h[fromB + i];
    const nowC = h[fromC + i];
    const nowD = h[fromD + i];
    sums[i] += (a0 * nowA + a1 * a + b0 * nowB + b1 * b) + (c0 * nowC + c1 * c + d0 * nowD + d1 * d);
    a = nowA;
    b = nowB;
    c = nowC;
    d = nowD;
  }
  sums[length] += a1 * a + b1 * b + c1 * c + d1 * d;
}

// The same for two channels with three taps each.
function addTwoOfThree(h, from, length, sums, weight, tap, next) {
  const a0 = weight[tap];
  const a1 = weight[tap + 2];
  const a2 = weight[tap + 4];
  const b0 = weight[tap + next];
  const b1 = weight[tap + next + 2];
  const b2 = weight[tap + next + 4];
  const fromB = from + length;
  let a = 0;
  let olderA = 0;
  let b = 0;
  let olderB = 0;
  for (let i = 0; i < length; i++) {
    const nowA = h[from + i];
    const nowB = h[fromB + i];
    sums[i] += (a0 * nowA + a1 * a + a2 * olderA) + (b0 * nowB + b1 * b + b2 * olderB);
    olderA = a;
    a = nowA;
    olderB = b;
    b = nowB;
  }
  sums[length] += a1 * a + a2 * olderA + b1 * b + b2 * olderB;
  sums[length + 1] += a2 * a + b2 * b;
}

// h = input(z); for every layer h = LeakyReLU(transposed convolution of stride 2), the last without LeakyReLU;
// flux = gain h + mean, and the rows of the linear path times z where the network has one.
class Decoder {
  // slope: of LeakyReLU; layers: the transposed convolutions; weights: weights and biases in the order of use, the linear layer first;
  // mean: the mean spectrum; linear: a row of pixels for each dimension that the linear path uses, or nothing; both calibrated;
  // gain: of every pixel of the convolutions, or nothing where pixels are not calibrated.
  constructor({ slope, layers, weights, mean, linear, gain }) {
    const strange = layers.find(l => l.kernel < 2 || l.kernel > 6);
    if (strange) throw new Error(`A kernel of ${strange.kernel} pixels cannot be decoded here, only of 2 to 6.`);
    Object.assign(this, { slope, layers, weights, mean, linear, gain: gain.length ? gain : mean.map(() => 1) });
    this.values = layers.map(l => new Float64Array(l.fineChannels * ((l.coarseLength - 1) * 2 + l.kernel)));
    this.deepest = new Float64Array(this.weights[1].length);
    this.sums = new Float64Array(Math.max(...layers.map(l => l.coarseLength + l.kernel)));
  }

  decode(z) {
    const [weight, bias] = this.weights;
    const h = this.deepest;
    for (let o = 0; o < h.length; o++) {
      let sum = bias[o];
      for (let i = 0; i < z.length; i++) sum += weight[o * z.length + i] * z[i];
      h[o] = sum;
    }
    let coarse = h;
    this.layers.forEach((layer, i) => {
      this.spread(layer, coarse, this.values[i], this.weights[2 * i + 2], this.weights[2 * i + 3]);
      if (i < this.layers.length - 1) this.activate(this.values[i]);
      coarse = this.values[i];
    });
    const flux = Float64Array.from(coarse, (value, p) => value * this.gain[p] + this.mean[p]);
    for (let i = 0, at = 0; at < this.linear.length; i++, at += flux.length) {
      for (let p = 0; p < flux.length; p++) flux[p] += z[i] * this.linear[at + p];
    }
    return flux;
  }

  // Every pixel i of a coarse channel is spread over the pixels 2i ... 2i + kernel - 1 of every fine channel. The weights stand as
  // PyTorch has them: (coarse channel, fine channel, tap). Even and odd pixels are added up apart: each needs every other tap, and the
  // sums of all these taps go to memory once (twice as fast as tap by tap); several channels at once save another third.
  spread(layer, coarse, fine, weight, bias) {
    const { kernel, coarseChannels, fineChannels, coarseLength } = layer;
    const fineLength = (coarseLength - 1) * 2 + kernel;
    const sums = this.sums;
    for (let f = 0; f < fineChannels; f++) {
      for (let phase = 0; phase < 2; phase++) {
        const count = (fineLength - phase + 1) >> 1;
        sums.fill(bias[f], 0, count);
        const taps = (kernel - phase + 1) >> 1;
        const next = fineChannels * kernel;
        const tap = f * kernel + phase;
        let g = 0;
        for (; taps === 2 && g + 4 <= coarseChannels; g += 4) {
          addFourOfTwo(coarse, g * coarseLength, coarseLength, sums, weight, g * next + tap, next);
        }
        for (; taps === 3 && g + 2 <= coarseChannels; g += 2) {
          addTwoOfThree(coarse, g * coarseLength, coarseLength, sums, weight, g * next + tap, next);
        }
        for (; g < coarseChannels; g++) {
          addChannel(coarse, g * coarseLength, coarseLength, sums, weight, g * next + tap, taps);
        }
        for (let i = 0, to = f * fineLength + phase; i < count; i++, to += 2) fine[to] = sums[i];
      }
    }
  }

  activate(values) {
    const slope = this.slope;
    for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] *= slope;
  }
}
