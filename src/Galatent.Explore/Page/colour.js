// Colours of numbers and of categories, for eyes that tell colours differently, too.

// Cividis (Nuñez, Anderton & Renslow 2018).
const Cividis = ['#00224e', '#123570', '#3b496c', '#575d6d', '#707173', '#8a8678', '#a59c74', '#c3b369', '#e1cc55', '#fee838'];

// Okabe & Ito (2008), without black and yellow, which vanish on one of the two papers.
const OnLight = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31'];
// The same hues, lighter.
const OnDark = ['#56a8e0', '#f0813a', '#2fc495', '#e39cc7', '#e9b13a', '#9ad4f5', '#c9a66b'];
export const Other = '#8a8a8a';

const Steps = 256;
const MostSorted = 20_000;

const parse = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));

export const isDark = () => {
  const set = document.documentElement.dataset.theme;
  return set ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

export const categories = () => (isDark() ? OnDark : OnLight);

// The ramp leaves out what the paper hides: the dark end on dark paper, the light end on light paper.
export function ramp(dark = isDark()) {
  const [from, to] = dark ? [0.3, 1] : [0, 0.86];
  const stops = Cividis.map(parse);
  return Uint8ClampedArray.from({ length: Steps * 3 }, (_, i) => {
    const at = (from + ((to - from) * Math.floor(i / 3)) / (Steps - 1)) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    return stops[low][i % 3] + (at - low) * (stops[low + 1][i % 3] - stops[low][i % 3]);
  });
}

export function categoryRamp(count) {
  const own = categories();
  const colours = new Uint8ClampedArray(Steps * 3);
  for (let s = 0; s < Steps; s++)
    parse(s < Math.min(count, own.length) ? own[s] : Other).forEach((v, k) => {
      colours[3 * s + k] = v;
    });
  return colours;
}

// Ends of a scale: percentiles 1 and 99 of the values, found on a sample where there are many.
export function scaleOf(values, low = 0.01, high = 0.99) {
  const step = Math.max(1, Math.floor(values.length / MostSorted));
  const known = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  // A difference of NaN or infinity with itself is no number.
  for (let i = 0; i < values.length; i += step) if (values[i] - values[i] === 0) known[count++] = values[i];
  const sorted = known.subarray(0, count).sort();
  if (sorted.length === 0) return { low: 0, high: 1, least: 0, most: 1, known: 0 };
  const at = share => sorted[Math.round(share * (sorted.length - 1))];
  const ends = { low: at(low), high: at(high), least: sorted[0], most: sorted[sorted.length - 1], known: sorted.length };
  if (!(ends.high > ends.low)) Object.assign(ends, { low: ends.least - 0.5, high: ends.most + 0.5 });
  return ends;
}
