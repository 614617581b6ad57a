// Elements, downloads, and small pictures.

export function make(name, { text, css, on, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (css) made.className = css;
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  for (const [event, act] of Object.entries(on ?? {})) made.addEventListener(event, act);
  made.append(...children);
  return made;
}

export const button = (text, act, attributes = {}) => make('button', { type: 'button', text, on: { click: act }, ...attributes });

export function svg(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function download(name, blob) {
  const link = make('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const downloadText = (name, text, type = 'text/csv') => download(name, new Blob([text], { type }));

// However many times it is called, the act runs once in the next frame, or at once with now().
export function oncePerFrame(act) {
  let asked;
  const run = () => {
    cancelAnimationFrame(asked);
    asked = undefined;
    act();
  };
  const ask = () => {
    asked ??= requestAnimationFrame(run);
  };
  ask.now = run;
  return ask;
}

// A canvas of the size that it has on the screen; gives its pen with one unit per CSS pixel.
export function penOf(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth, clientHeight } = canvas;
  const width = Math.max(1, Math.round(clientWidth * ratio));
  const height = Math.max(1, Math.round(clientHeight * ratio));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, clientWidth, clientHeight);
  return pen;
}

export const theme = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// Options of a list under their headings; those of one heading need not stand together.
export function fillList(list, columns, chosen) {
  const groups = new Map();
  for (const column of columns) {
    if (!groups.has(column.group)) groups.set(column.group, make('optgroup', { label: column.group }));
    const named = column.words && column.words !== column.label ? `${column.label} – ${column.words}` : column.label;
    groups.get(column.group).append(make('option', { value: column.name, text: named }));
  }
  list.replaceChildren(...groups.values());
  list.value = chosen;
}
