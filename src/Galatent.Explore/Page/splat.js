// Points to pixels: counts and sums per pixel first, colours afterwards. The picture does not depend on the order of the points, and a
// million of them take some ten milliseconds.

const Empty = -1;

export class Splat {
  constructor() {
    this.size = 0;
  }

  resize(width, height) {
    if (this.width === width && this.height === height) return;
    Object.assign(this, { width, height, size: width * height });
    this.count = new Uint32Array(this.size);
    this.chosen = new Uint32Array(this.size);
    this.sum = new Float32Array(this.size);
    this.squares = new Float32Array(this.size);
    this.known = new Uint32Array(this.size);
    this.top = new Int32Array(this.size);
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  clear() {
    for (const field of [this.count, this.chosen, this.sum, this.squares, this.known]) field.fill(0);
    this.top.fill(Empty);
  }

  // x, y: the columns; view: [x low, x high, y low, y high]; shade: colour from 0 to 255 per point; mask: 1 for chosen points, or null;
  // dot: side of a point in pixels; limit: how many of the first points.
  add({ x, y, view, shade, mask, dot, limit }) {
    this.clear();
    const { width, height, count, chosen, sum, squares, known, top } = this;
    const [left, right, bottom, upper] = view;
    const scaleX = width / (right - left);
    const scaleY = height / (upper - bottom);
    const half = (dot - 1) >> 1;
    for (let i = 0; i < limit; i++) {
      // A comparison with NaN is false: a point without a place is left out.
      const px = (x[i] - left) * scaleX;
      const py = (upper - y[i]) * scaleY;
      if (!(px >= 0 && px < width && py >= 0 && py < height)) continue;
      const isChosen = mask === null || mask[i] === 1;
      const s = shade[i];
      const x0 = Math.max(0, (px | 0) - half);
      const y0 = Math.max(0, (py | 0) - half);
      const x1 = Math.min(width, x0 + dot);
      const y1 = Math.min(height, y0 + dot);
      for (let row = y0; row < y1; row++) {
        for (let at = row * width + x0, end = row * width + x1; at < end; at++) {
          count[at]++;
          if (isChosen) {
            chosen[at]++;
            top[at] = i;
            if (s === s) {
              known[at]++;
              sum[at] += s;
              squares[at] += s * s;
            }
          } else if (top[at] === Empty) top[at] = i;
        }
      }
    }
  }

  // colours: 256 of them, three bytes each; missing, rest: grey for points without a colour, and for those that are not chosen;
  // spread: whether the colour is the standard deviation of a pixel's points, in units of a quarter of the scale.
  paint({ colours, missing, rest, spread }) {
    const { count, chosen, sum, squares, known, pixels } = this;
    let most = 1;
    for (let p = 0; p < this.size; p++) if (count[p] > most) most = count[p];
    const full = Math.log1p(most);
    const strengths = Uint8ClampedArray.from({ length: 1024 }, (_, n) => 110 + 145 * Math.log1p(n) / full);
    for (let p = 0; p < this.size; p++) {
      if (count[p] === 0) {
        pixels[p] = 0;
        continue;
      }
      let r = missing;
      let g = missing;
      let b = missing;
      let alpha = strengths[Math.min(1023, count[p])];
      if (known[p] > 0) {
        const mean = sum[p] / known[p];
        const value = spread ? 4 * Math.sqrt(Math.max(0, squares[p] / known[p] - mean * mean)) : mean;
        const at = 3 * Math.max(0, Math.min(255, Math.round(value)));
        r = colours[at];
        g = colours[at + 1];
        b = colours[at + 2];
      } else if (chosen[p] === 0) {
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
    for (let b = band(Math.min(ys[v], ys[w])), last = band(Math.max(ys[v], ys[w])); b <= last; b++) edges[b].push(ys[v], ys[w], xs[v], slope);
  }
  const lists = edges.map(e => Float64Array.from(e));
  for (let i = 0; i < x.length; i++) {
    const a = x[i];
    const b = y[i];
    if (!(a >= left && a <= right && b >= bottom && b <= upper)) continue;
    const near = lists[band(b)];
    let isIn = 0;
    for (let e = 0; e < near.length; e += 4) {
      if ((near[e] > b) !== (near[e + 1] > b) && a < near[e + 3] * (b - near[e]) + near[e + 2]) isIn ^= 1;
    }
    mask[i] = isIn;
  }
  return mask;
}
