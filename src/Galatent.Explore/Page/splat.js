// Points to pixels: counts and sums per pixel first, colours afterwards. The picture does not depend on the order of the points, and a
// million of them take some ten milliseconds.

// What a pixel knows lies side by side, so that a point fetches one line of memory: with an array for each, a million points took half as
// long again.
const [Count, Known, Sum, Squares, Stride] = [0, 1, 2, 3, 4];

export class Splat {
  constructor() {
    this.size = 0;
  }

  resize(width, height) {
    if (this.width === width && this.height === height) return;
    Object.assign(this, { width, height, size: width * height });
    // float32 counts whole numbers up to 16 million.
    this.sums = new Float32Array(Stride * this.size);
    this.chosen = new Uint32Array(this.size);
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  // x, y: the columns; view: [x low, x high, y low, y high]; shade: colour from 0 to 255 per point; mask: 1 for chosen points, or null;
  // dot: side of a point in pixels; limit: how many of the first points.
  add({ x, y, view, shade, mask, dot, limit }) {
    this.sums.fill(0);
    if (mask) this.chosen.fill(0);
    this.isMasked = mask !== null;
    const { width, height, chosen, sums } = this;
    const [left, right, bottom, upper] = view;
    const scaleX = width / (right - left);
    const scaleY = height / (upper - bottom);
    const half = (dot - 1) >> 1;
    const put = (pixel, isChosen, isKnown, s) => {
      const at = Stride * pixel;
      sums[at + Count]++;
      if (isKnown) {
        sums[at + Known]++;
        sums[at + Sum] += s;
        sums[at + Squares] += s * s;
      }
      if (isChosen && mask !== null) chosen[pixel]++;
    };
    for (let i = 0; i < limit; i++) {
      // A comparison with NaN is false: a point without a place is left out.
      const px = (x[i] - left) * scaleX;
      const py = (upper - y[i]) * scaleY;
      if (!(px >= 0 && px < width && py >= 0 && py < height)) continue;
      const isChosen = mask === null || mask[i] === 1;
      const s = shade[i];
      const isKnown = isChosen && s === s;
      if (dot === 1) {
        // A large map has points of one pixel, and no time for loops around it.
        put((py | 0) * width + (px | 0), isChosen, isKnown, s);
        continue;
      }
      const x0 = Math.max(0, (px | 0) - half);
      const y0 = Math.max(0, (py | 0) - half);
      const x1 = Math.min(width, x0 + dot);
      const y1 = Math.min(height, y0 + dot);
      for (let row = y0; row < y1; row++) {
        for (let pixel = row * width + x0, end = row * width + x1; pixel < end; pixel++) put(pixel, isChosen, isKnown, s);
      }
    }
  }

  // colours: 256 of them, three bytes each; missing, rest: grey for points without a colour, and for those that are not chosen;
  // spread: whether the colour is the standard deviation of a pixel's points, in units of a quarter of the scale.
  paint({ colours, missing, rest, spread }) {
    const { chosen, sums, pixels, isMasked } = this;
    let most = 1;
    for (let p = 0; p < this.size; p++) if (sums[Stride * p + Count] > most) most = sums[Stride * p + Count];
    const full = Math.log1p(most);
    const strengths = Uint8ClampedArray.from({ length: 1024 }, (_, n) => 110 + (145 * Math.log1p(n)) / full);
    for (let p = 0; p < this.size; p++) {
      const of = Stride * p;
      const count = sums[of + Count];
      if (count === 0) {
        pixels[p] = 0;
        continue;
      }
      let r = missing;
      let g = missing;
      let b = missing;
      let alpha = strengths[Math.min(1023, count)];
      const known = sums[of + Known];
      if (known > 0) {
        const mean = sums[of + Sum] / known;
        const value = spread ? 4 * Math.sqrt(Math.max(0, sums[of + Squares] / known - mean * mean)) : mean;
        const at = 3 * Math.max(0, Math.min(255, Math.round(value)));
        r = colours[at];
        g = colours[at + 1];
        b = colours[at + 2];
      } else if (isMasked && chosen[p] === 0) {
        r = g = b = rest;
        alpha = 70;
      }
      pixels[p] = (alpha << 24) | (b << 16) | (g << 8) | r;
    }
  }
}

const Bands = 256;

// Which points lie inside a polygon (their mask), by the even-odd rule. The edges are sorted into bands of y, so that a point meets only
// those few that can lie beside it.
export function inside(polygon, x, y) {
  const mask = new Uint8Array(x.length);
  const xs = polygon.map(p => p[0]);
  const ys = polygon.map(p => p[1]);
  const [left, right, bottom, upper] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Bands / (upper - bottom);
  const band = value => Math.max(0, Math.min(Bands - 1, Math.floor((value - bottom) * scale)));
  const edges = Array.from({ length: Bands }, () => []);
  for (let v = 0, w = polygon.length - 1; v < polygon.length; w = v++) {
    if (ys[v] === ys[w]) continue;
    const slope = (xs[w] - xs[v]) / (ys[w] - ys[v]);
    for (let b = band(Math.min(ys[v], ys[w])), last = band(Math.max(ys[v], ys[w])); b <= last; b++)
      edges[b].push(ys[v], ys[w], xs[v], slope);
  }
  const lists = edges.map(e => Float64Array.from(e));
  for (let i = 0; i < x.length; i++) {
    const a = x[i];
    const b = y[i];
    if (!(a >= left && a <= right && b >= bottom && b <= upper)) continue;
    const near = lists[band(b)];
    let isIn = 0;
    for (let e = 0; e < near.length; e += 4) {
      if (near[e] > b !== near[e + 1] > b && a < near[e + 3] * (b - near[e]) + near[e + 2]) isIn ^= 1;
    }
    mask[i] = isIn;
  }
  return mask;
}
