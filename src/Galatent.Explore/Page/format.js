// Numbers and names as a person reads them.

const superscript = n => String(n).replace(/[-\d]/g, c => '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'['0123456789-'.indexOf(c)]);
export const minus = text => text.replace('-', '−');

// Fixed digits; a dash where there is no number.
export const fixed = (value, digits) => (Number.isFinite(value) ? minus(value.toFixed(digits)) : '–');

// About three digits that count.
export function short(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e5 || size < 1e-3) {
    const power = Math.floor(Math.log10(size));
    return minus(`${(value / 10 ** power).toFixed(1)} × 10${superscript(power)}`);
  }
  return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

// A value with its error: as many digits as the error lets count, at least two.
export function withError(value, error) {
  const digits = error > 0 && error < 0.0095 ? 3 : 2;
  return `${fixed(value, digits)} ± ${fixed(error, digits)}`;
}

export const whole = n => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202F');

// What a dimension is about stands beside its name.
export const longLabel = column => (column.about ? `${column.label}, mostly ${column.about}` : axisLabel(column));

export const axisLabel = column => (column.unit ? `${column.label} [${column.unit}]` : column.label);

// A number of a CSV file: all digits of float32, NaN where there is none.
export const csvNumber = value => (Number.isFinite(value) ? String(Number(Math.fround(value).toPrecision(9))) : 'NaN');

export const csvText = text => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * [1, 2, 5, 10].find(m => m * power >= raw * 0.999);
}

// Places of ticks with their texts.
export function ticks(low, high, most) {
  const step = niceStep(high - low, most);
  if (!(step > 0) || !Number.isFinite(step)) return [];
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    found.push([i * step, fixed(i * step, Math.min(digits, 6)).replace(/^−(0\.?0*)$/, '$1')]);
  }
  return found;
}
