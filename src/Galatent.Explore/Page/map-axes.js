// Axes of the map, and the key of its colours with the distribution of the values.
import { penOf, theme } from './dom.js';
import { axisLabel, longLabel, short, ticks } from './format.js';

export const Margin = { left: 58, right: 10, top: 8, bottom: 42 };

export function drawAxes(pen, map) {
  const { left, top, width, height } = map.area;
  const [x0, x1, y0, y1] = map.view;
  const { x, y } = map.columns;
  Object.assign(pen, { strokeStyle: theme('line'), fillStyle: theme('soft'), lineWidth: 1, font: `12px ${theme('font')}` });
  pen.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(width) - 1, Math.round(height) - 1);
  Object.assign(pen, { textAlign: 'center', textBaseline: 'top' });
  for (const [value, text] of namedTicks(x, x0, x1, width / 80)) {
    const at = Math.round(map.place(value, y0)[0]) + 0.5;
    line(pen, at, top + height, at, top + height + 5);
    pen.fillText(text, at, top + height + 7);
  }
  Object.assign(pen, { textAlign: 'right', textBaseline: 'middle' });
  for (const [value, text] of namedTicks(y, y0, y1, height / 50)) {
    const at = Math.round(map.place(x0, value)[1]) + 0.5;
    line(pen, left - 5, at, left, at);
    pen.fillText(text, left - 8, at);
  }
  pen.fillStyle = theme('ink');
  Object.assign(pen, { textAlign: 'center', textBaseline: 'bottom', font: `13px ${theme('font')}` });
  const fitting = (column, room) => (pen.measureText(longLabel(column)).width <= room ? longLabel(column) : axisLabel(column));
  pen.fillText(fitting(x, width), left + width / 2, top + height + Margin.bottom - 2);
  pen.save();
  pen.translate(13, top + height / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = 'middle';
  pen.fillText(fitting(y, height), 0, 0);
  pen.restore();
}

const namedTicks = (column, low, high, most) =>
  column.categories.length ? column.categories.map((name, i) => [i, name]).filter(([i]) => i >= low && i <= high) : ticks(low, high, most);

function line(pen, x0, y0, x1, y1) {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}

const Bins = 64;

// The ramp with its ends; arrows where values lie beyond; above it how many galaxies have which value.
export function drawKey(canvas, map) {
  const pen = penOf(canvas);
  const { clientWidth: width } = canvas;
  const { colour } = map.columns;
  Object.assign(pen, { font: `12px ${theme('font')}`, textBaseline: 'middle' });
  if (colour.categories.length) {
    let at = 4;
    colour.categories.forEach((name, i) => {
      pen.fillStyle = css(map.colours, i);
      pen.fillRect(at, 12, 14, 14);
      pen.fillStyle = theme('ink');
      pen.fillText(name, at + 20, 20);
      at += 36 + pen.measureText(name).width;
    });
    return;
  }
  const [left, right, top, foot] = [64, width - 64, 22, 32];
  Object.assign(pen, { fillStyle: theme('ink'), textAlign: 'center' });
  pen.fillText(`${axisLabel(colour)}${map.isSpread ? ', standard deviation in a pixel' : ''}`, width / 2, foot + 13);
  const counts = histogram(colour, map.scale);
  const most = Math.max(...counts, 1);
  pen.fillStyle = theme('bars');
  counts.forEach((count, i) => {
    const high = (18 * count) / most;
    pen.fillRect(left + (i * (right - left)) / Bins, top - high, (right - left) / Bins + 0.5, high);
  });
  for (let x = left; x < right; x++) {
    pen.fillStyle = css(map.colours, Math.round(((x - left) / (right - left)) * 255));
    pen.fillRect(x, top, 1.5, foot - top);
  }
  const { low, high, least, most: largest } = map.scale;
  if (map.isSpread) {
    pen.fillStyle = theme('ink');
    Object.assign(pen, { textAlign: 'right' });
    pen.fillText('0', left - 8, 27);
    pen.textAlign = 'left';
    pen.fillText(short((high - low) / 4), right + 8, 27);
    return;
  }
  if (least < low) triangle(pen, left, top, foot, -7, css(map.colours, 0));
  if (largest > high) triangle(pen, right, top, foot, 7, css(map.colours, 255));
  pen.fillStyle = theme('ink');
  pen.textAlign = 'right';
  pen.fillText(short(low), left - 10, 27);
  pen.textAlign = 'left';
  pen.fillText(short(high), right + 10, 27);
}

function triangle(pen, x, top, foot, dx, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, top);
  pen.lineTo(x + dx, (top + foot) / 2);
  pen.lineTo(x, foot);
  pen.fill();
}

// Counted once per column: the values do not change.
function histogram(column, { low, high }) {
  if (!column.counts) {
    column.counts = new Array(Bins).fill(0);
    const factor = Bins / (high - low);
    for (const v of column.values) {
      const bin = Math.floor((v - low) * factor);
      if (bin >= 0 && bin < Bins) column.counts[bin]++;
    }
  }
  return column.counts;
}

const css = (colours, i) => `rgb(${colours[3 * i]} ${colours[3 * i + 1]} ${colours[3 * i + 2]})`;
