// Values under the pointer: what a figure of the report shows there, in a box beside the pointer.

(() => {
'use strict';

const sheets = JSON.parse(document.getElementById('readout-data').textContent);
const box = document.createElement('div');
box.className = 'readout';
box.hidden = true;
document.body.append(box);

// A number with four digits, and a true minus sign.
function text(value) {
  const short = Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(2) : String(+value.toPrecision(4));
  return short.replace('-', '\u2212');
}

function shown(axis, value) {
  if (axis.names) return axis.names[Math.round(value)] ?? '';
  return text(axis.isLog ? 10 ** value : value);
}

// The point of a line that is nearest in x; lines ascend.
function nearest(line, x) {
  let low = 0;
  let high = line.x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (line.x[middle] <= x) low = middle; else high = middle;
  }
  return Math.abs(line.x[low] - x) < Math.abs(line.x[high] - x) ? low : high;
}

// Rows of the box: text, and the colour of what it belongs to.
function rows(panel, px, py) {
  const [left, top, width, height] = panel.place;
  const x = panel.x.low + (panel.x.high - panel.x.low) * (px - left) / width;
  const y = panel.y.high - (panel.y.high - panel.y.low) * (py - top) / height;
  const name = (axis, fallback) => axis.name || fallback;
  if (panel.cells) {
    const column = Math.round(x);
    const row = panel.cells.values.length / panel.cells.columns - 1 - Math.round(y);
    const value = panel.cells.values[row * panel.cells.columns + column];
    return value === null || value === undefined ? [] : [[`${shown(panel.y, y)}, ${shown(panel.x, x)}: ${text(value)}`]];
  }
  let best = null;
  for (const marks of panel.marks) {
    marks.x.forEach((mx, i) => {
      if (mx === null || marks.y[i] === null) return;
      const dx = (mx - x) / (panel.x.high - panel.x.low) * width;
      const dy = (marks.y[i] - y) / (panel.y.high - panel.y.low) * height;
      const distance = Math.hypot(dx, dy);
      if (distance < 16 && (!best || distance < best.distance)) best = { distance, marks, i };
    });
  }
  if (best) {
    const { marks, i } = best;
    return [
      [marks.name, marks.color],
      [`${name(panel.x, 'x')}: ${shown(panel.x, marks.x[i])}`],
      [`${name(panel.y, 'y')}: ${shown(panel.y, marks.y[i])}`],
    ].filter(r => r[0]);
  }
  const found = [];
  let at = x;
  for (const line of panel.lines) {
    const i = nearest(line, x);
    if (line.y[i] === null) continue;
    at = line.x[i];
    found.push([`${line.name || name(panel.y, 'y')}: ${shown(panel.y, line.y[i])}`, line.color]);
  }
  if (found.length > 0) return [[`${name(panel.x, 'x')}: ${shown(panel.x, at)}`], ...found.slice(0, 8)];
  return [[`${name(panel.x, 'x')}: ${shown(panel.x, x)}`], [`${name(panel.y, 'y')}: ${shown(panel.y, y)}`]];
}

function show(event, sheet, image) {
  const area = image.getBoundingClientRect();
  const style = getComputedStyle(image);
  const edge = side => parseFloat(style[`padding${side}`]) + parseFloat(style[`border${side}Width`]);
  const width = area.width - edge('Left') - edge('Right');
  const height = area.height - edge('Top') - edge('Bottom');
  const px = (event.clientX - area.left - edge('Left')) * sheet.width / width;
  const py = (event.clientY - area.top - edge('Top')) * sheet.height / height;
  const panel = sheet.panels.find(p => {
    const [left, top, w, h] = p.place;
    return px >= left && px <= left + w && py >= top && py <= top + h;
  });
  const lines = panel ? rows(panel, px, py) : [];
  box.hidden = lines.length === 0;
  box.replaceChildren(...lines.map(([words, color]) => {
    const row = document.createElement('div');
    row.textContent = words;
    if (color) {
      row.className = 'readout-row';
      row.style.borderLeftColor = color;
    }
    return row;
  }));
  const room = document.documentElement.clientWidth;
  box.style.left = `${Math.max(0, Math.min(event.clientX + 14, room - box.offsetWidth - 4))}px`;
  box.style.top = `${event.clientY + 16}px`;
}

for (const [id, sheet] of Object.entries(sheets)) {
  const image = document.querySelector(`#figure-${CSS.escape(id)} img`);
  if (!image) continue;
  image.addEventListener('pointermove', event => show(event, sheet, image));
  image.addEventListener('pointerleave', () => { box.hidden = true; });
}
})();
