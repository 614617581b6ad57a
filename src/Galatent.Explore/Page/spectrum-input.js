// Pointer, wheel and keys of the spectrum: a drag zooms, keys step from line to line.

export function listenTo(view) {
  const { canvas } = view;
  const at = event => view.angstrom(event.clientX - canvas.getBoundingClientRect().left);
  const tell = angstrom => view.dispatchEvent(new CustomEvent('tell', { detail: view.tell(angstrom) }));
  let from;
  canvas.addEventListener('pointerdown', event => {
    from = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => tell(at(event)));
  canvas.addEventListener('pointerup', event => {
    const to = at(event);
    if (from !== undefined && Math.abs(view.x(to) - view.x(from)) > 6) view.zoomTo(Math.min(from, to), Math.max(from, to));
    from = undefined;
  });
  canvas.addEventListener('dblclick', () => view.showAll());
  const wheel = event => {
    event.preventDefault();
    zoom(view, 1.0015 ** event.deltaY, at(event));
  };
  canvas.addEventListener('wheel', wheel, { passive: false });
  canvas.addEventListener('keydown', event => key(view, event, tell));
}

function zoom(view, factor, centre = (view.first + view.last) / 2) {
  view.zoomTo(centre + (view.first - centre) * factor, centre + (view.last - centre) * factor);
}

function key(view, event, tell) {
  const step = 0.2 * (view.last - view.first);
  const acts = {
    ArrowRight: () => toLine(view, 1, tell),
    ArrowLeft: () => toLine(view, -1, tell),
    '+': () => zoom(view, 0.6),
    '=': () => zoom(view, 0.6),
    '-': () => zoom(view, 1.6),
    0: () => view.showAll(),
    PageDown: () => view.zoomTo(view.first + step, view.last + step),
    PageUp: () => view.zoomTo(view.first - step, view.last - step),
  };
  if (!acts[event.key] || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
}

// The next line by key: its numbers are said.
function toLine(view, direction, tell) {
  const lines = view.labels ?? [];
  if (lines.length === 0) return;
  view.line = ((view.line ?? (direction > 0 ? -1 : 0)) + direction + lines.length) % lines.length;
  tell(lines[view.line].angstrom);
}
