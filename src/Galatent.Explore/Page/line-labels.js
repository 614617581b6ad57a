// Names of emission lines above a spectrum: the ones that stand out most, as many as there is room for, none over another.

export function labelled(lines, { first, last, x, room, left, right, contrast }) {
  const most = Math.floor((right - left) / room / 1.3);
  const kept = lines
    .filter(l => l.angstrom > first && l.angstrom < last)
    .map(l => ({ ...l, contrast: contrast(l.angstrom), at: x(l.angstrom) }))
    .sort((a, b) => b.contrast - a.contrast)
    .slice(0, most)
    .sort((a, b) => a.at - b.at);
  kept.forEach((l, i) => {
    l.place = Math.max(l.at, i ? kept[i - 1].place + room : left + room / 2);
  });
  for (let i = kept.length - 1; i >= 0; i--) {
    const limit = i < kept.length - 1 ? kept[i + 1].place - room : right - room / 2;
    kept[i].place = Math.min(kept[i].place, limit);
  }
  return kept;
}

// Index of the pixel nearest to a wavelength.
export function pixelOf(wavelength, angstrom) {
  let low = 0;
  let high = wavelength.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (wavelength[middle] > angstrom) high = middle;
    else low = middle;
  }
  return angstrom - wavelength[low] < wavelength[high] - angstrom ? low : high;
}
