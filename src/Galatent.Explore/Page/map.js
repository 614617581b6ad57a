// The map: every galaxy in two columns, coloured by a third. Drag moves it, the wheel zooms at the pointer, Shift-drag draws a lasso.
import { categoryRamp, isDark, ramp, scaleOf } from './colour.js';
import { oncePerFrame, penOf, theme } from './dom.js';
import { drawAxes, drawKey, Margin } from './map-axes.js';
import { inside, Splat } from './splat.js';
import { MostVertices } from './store.js';

// While the map moves, so many of the first points are drawn: the order is shuffled, so they are a fair sample.
const MostWhileMoving = 250_000;
const RestMilliseconds = 150;
const Reach = 8;

export class MapView extends EventTarget {
  constructor({ base, over, key, note }) {
    super();
    Object.assign(this, { base, over, key, note });
    this.splat = new Splat();
    this.marks = [];
    this.arrows = [];
    this.mask = null;
    this.draw = oncePerFrame(() => this.drawNow());
    this.drawMarks = oncePerFrame(() => this.drawMarksNow());
    this.listen();
  }

  // columns: { x, y, colour } with values; a new pair of axes shows all galaxies.
  show(columns) {
    const isMoved = this.columns?.x !== columns.x || this.columns?.y !== columns.y;
    const isRecoloured = this.columns?.colour !== columns.colour;
    this.columns = columns;
    if (isMoved) this.whole = [columns.x, columns.y].flatMap(c => wholeRange(c.values));
    if (isMoved || !this.view) this.view = this.whole;
    if (isRecoloured) this.recolour();
    this.draw();
  }

  recolour() {
    const { values, categories } = this.columns.colour;
    this.scale = categories.length ? { low: 0, high: 255, least: 0, most: categories.length - 1, known: 1 } : scaleOf(values);
    const factor = 255 / (this.scale.high - this.scale.low);
    const low = this.scale.low;
    // Values beyond the ends have the colour of the end.
    const shade = new Float32Array(values.length);
    for (let i = 0; i < shade.length; i++) {
      const s = (values[i] - low) * factor;
      shade[i] = s < 0 ? 0 : s > 255 ? 255 : s;
    }
    this.shade = shade;
  }

  select(polygon) {
    this.lasso = polygon;
    this.mask = polygon ? inside(polygon, this.columns.x.values, this.columns.y.values) : null;
    this.draw();
  }

  get area() {
    return {
      left: Margin.left,
      top: Margin.top,
      width: Math.max(10, this.base.clientWidth - Margin.left - Margin.right),
      height: Math.max(10, this.base.clientHeight - Margin.top - Margin.bottom),
    };
  }

  place(a, b) {
    const { left, top, width, height } = this.area;
    const [x0, x1, y0, y1] = this.view;
    return [left + ((a - x0) / (x1 - x0)) * width, top + ((y1 - b) / (y1 - y0)) * height];
  }

  data(px, py) {
    const { left, top, width, height } = this.area;
    const [x0, x1, y0, y1] = this.view;
    return [x0 + ((px - left) / width) * (x1 - x0), y1 - ((py - top) / height) * (y1 - y0)];
  }

  drawNow() {
    if (!this.columns || this.base.clientWidth < 20) return;
    const began = performance.now();
    const { left, top, width, height } = this.area;
    const ratio = window.devicePixelRatio || 1;
    const total = this.columns.x.values.length;
    const limit = this.isMoving ? Math.min(total, MostWhileMoving) : total;
    this.splat.resize(Math.round(width * ratio), Math.round(height * ratio));
    this.splat.add({
      x: this.columns.x.values,
      y: this.columns.y.values,
      view: this.view,
      shade: this.shade,
      mask: this.mask,
      dot: Math.max(1, Math.round((total > 200_000 ? 1 : total > 50_000 ? 2 : 3) * ratio)),
      limit,
    });
    const { categories } = this.columns.colour;
    this.colours = categories.length ? categoryRamp(categories.length) : ramp();
    this.splat.paint({
      colours: this.colours,
      missing: 150,
      rest: isDark() ? 110 : 165,
      spread: this.isSpread && !categories.length,
    });
    const pen = penOf(this.base);
    pen.canvas.getContext('2d').putImageData(this.splat.image, Math.round(left * ratio), Math.round(top * ratio));
    drawAxes(pen, this);
    drawKey(this.key, this);
    this.note.textContent = limit < total ? `drawing ${limit} of ${total} galaxies while the map moves` : '';
    this.drawMarksNow();
    this.lastMilliseconds = performance.now() - began;
    this.dispatchEvent(new Event('drawn'));
  }

  // What lies above the points: pins, the galaxy under the pointer, arrows, the lasso.
  drawMarksNow() {
    if (!this.columns || this.over.clientWidth < 20) return;
    const pen = penOf(this.over);
    const { left, top, width, height } = this.area;
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
    const ink = theme('ink');
    const outline = this.drawn ?? this.lasso?.map(([a, b]) => this.place(a, b));
    if (outline?.length) {
      pen.beginPath();
      outline.forEach(([x, y]) => pen.lineTo(x, y));
      if (!this.drawn) pen.closePath();
      Object.assign(pen, { strokeStyle: ink, lineWidth: 1.5 });
      pen.setLineDash([5, 3]);
      pen.stroke();
      pen.setLineDash([]);
    }
    for (const { x, y, colour, label, shape } of this.marks) this.mark(pen, this.place(x, y), colour, label, shape);
    for (const arrow of this.arrows) this.arrow(pen, arrow);
    if (this.hover !== undefined) {
      const at = this.place(this.columns.x.values[this.hover], this.columns.y.values[this.hover]);
      this.mark(pen, at, ink, '', 'ring');
    }
    pen.restore();
  }

  mark(pen, [x, y], colour, label, shape) {
    pen.beginPath();
    if (shape === 'diamond')
      [
        [0, -8],
        [8, 0],
        [0, 8],
        [-8, 0],
      ].forEach(([a, b]) => pen.lineTo(x + a, y + b));
    else pen.arc(x, y, 6.5, 0, 2 * Math.PI);
    pen.closePath();
    for (const [style, width] of [
      [theme('paper'), 5],
      [colour, 2.5],
    ]) {
      Object.assign(pen, { strokeStyle: style, lineWidth: width });
      pen.stroke();
    }
    if (label) this.text(pen, label, x + 10, shape === 'diamond' ? y + 12 : y - 9, colour);
  }

  text(pen, label, x, y, colour) {
    Object.assign(pen, {
      font: `600 12px ${theme('font')}`,
      lineWidth: 3,
      strokeStyle: theme('paper'),
      fillStyle: colour,
      textAlign: 'left',
      textBaseline: 'middle',
    });
    pen.strokeText(label, x, y);
    pen.fillText(label, x, y);
  }

  arrow(pen, { from, to, colour, label }) {
    const [x0, y0] = this.place(...from);
    const [x1, y1] = this.place(...to);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length < 4) return;
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    for (const [style, width] of [
      [theme('paper'), 5],
      [colour, 2],
    ]) {
      Object.assign(pen, { strokeStyle: style, lineWidth: width });
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.lineTo(x1, y1);
      pen.moveTo(x1 - 8 * ux + 4 * uy, y1 - 8 * uy - 4 * ux);
      pen.lineTo(x1, y1);
      pen.lineTo(x1 - 8 * ux - 4 * uy, y1 - 8 * uy + 4 * ux);
      pen.stroke();
    }
    this.text(pen, label, x1 + 5 * ux + (ux < 0 ? -pen.measureText(label).width : 4), y1 + 9 * uy, colour);
  }

  // The drawn point nearest to a place on the screen, at most eight pixels away: each pixel keeps its top point.
  nearest(px, py) {
    const { left, top } = this.area;
    const ratio = window.devicePixelRatio || 1;
    const { width, height, top: points } = this.splat;
    if (!points) return undefined;
    const [cx, cy] = [Math.round((px - left) * ratio), Math.round((py - top) * ratio)];
    const reach = Math.round(Reach * ratio);
    let best;
    let least = reach * reach + 1;
    for (let y = Math.max(0, cy - reach); y <= Math.min(height - 1, cy + reach); y++) {
      for (let x = Math.max(0, cx - reach); x <= Math.min(width - 1, cx + reach); x++) {
        const square = (x - cx) ** 2 + (y - cy) ** 2;
        if (square < least && points[y * width + x] >= 0) [best, least] = [points[y * width + x], square];
      }
    }
    return best;
  }

  // The nearest galaxy in a direction of the screen, for the arrow keys.
  towards(from, dx, dy) {
    const {
      x: { values: xs },
      y: { values: ys },
    } = this.columns;
    const [px, py] = this.place(xs[from], ys[from]);
    let best = from;
    let least = Infinity;
    for (let i = 0; i < xs.length; i++) {
      if (i === from) continue;
      const [qx, qy] = this.place(xs[i], ys[i]);
      const along = (qx - px) * dx + (qy - py) * dy;
      const across = Math.abs((qx - px) * dy - (qy - py) * dx);
      if (along > 3 && across < along && along + 2 * across < least) [best, least] = [i, along + 2 * across];
    }
    return best;
  }

  setView(view) {
    this.view = view;
    this.moving();
    this.draw();
  }

  moving() {
    this.isMoving = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.isMoving = false;
      this.draw();
      this.dispatchEvent(new CustomEvent('view', { detail: this.view }));
    }, RestMilliseconds);
  }

  zoom(factor, px = this.area.left + this.area.width / 2, py = this.area.top + this.area.height / 2) {
    const [a, b] = this.data(px, py);
    const [x0, x1, y0, y1] = this.view;
    this.setView([a + (x0 - a) * factor, a + (x1 - a) * factor, b + (y0 - b) * factor, b + (y1 - b) * factor]);
  }

  pan(dx, dy) {
    const { width, height } = this.area;
    const [x0, x1, y0, y1] = this.view;
    const [mx, my] = [(dx / width) * (x1 - x0), (dy / height) * (y1 - y0)];
    this.setView([x0 - mx, x1 - mx, y0 + my, y1 + my]);
  }

  listen() {
    const at = event => {
      const box = this.over.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let last;
    let moved = 0;
    this.over.addEventListener('pointerdown', event => {
      if (event.button !== 0) return;
      this.over.setPointerCapture(event.pointerId);
      last = at(event);
      moved = 0;
      if (event.shiftKey || this.isLassoing) this.drawn = [last];
    });
    this.over.addEventListener('pointermove', event => {
      const [x, y] = at(event);
      if (this.drawn) this.drawn.push([x, y]);
      else if (last) {
        moved += Math.hypot(x - last[0], y - last[1]);
        this.pan(x - last[0], y - last[1]);
        last = [x, y];
      } else {
        const hover = this.nearest(x, y);
        if (hover !== this.hover) this.dispatchEvent(new CustomEvent('hover', { detail: hover }));
        this.hover = hover;
      }
      this.drawMarks();
    });
    const end = event => {
      const [x, y] = at(event);
      if (this.drawn) this.finishLasso();
      else if (last && moved < 4) {
        const hit = this.nearest(x, y);
        if (hit !== undefined) this.dispatchEvent(new CustomEvent('pick', { detail: hit }));
      }
      last = null;
    };
    this.over.addEventListener('pointerup', end);
    this.over.addEventListener('pointercancel', () => {
      last = null;
      this.drawn = null;
    });
    this.over.addEventListener('pointerleave', () => {
      this.hover = undefined;
      this.drawMarks();
    });
    this.over.addEventListener(
      'wheel',
      event => {
        event.preventDefault();
        this.zoom(1.0015 ** event.deltaY, ...at(event));
      },
      { passive: false },
    );
  }

  finishLasso() {
    const path = this.drawn;
    this.drawn = null;
    this.isLassoing = false;
    const step = Math.max(1, Math.ceil(path.length / MostVertices));
    const polygon = path.filter((_, i) => i % step === 0).map(([x, y]) => this.data(x, y));
    if (polygon.length >= 3) this.dispatchEvent(new CustomEvent('lasso', { detail: polygon }));
    this.drawMarks();
  }
}

// All values and a margin; a few extreme ones do not shrink the rest to a dot.
function wholeRange(values) {
  const { low, high, least, most } = scaleOf(values, 0.002, 0.998);
  const room = 0.35 * (high - low);
  const from = Math.max(least, low - room);
  const to = Math.min(most, high + room);
  const margin = 0.03 * (to - from) || 0.5;
  return [from - margin, to + margin];
}
