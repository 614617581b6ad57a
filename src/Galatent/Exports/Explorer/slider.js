// A slider for one latent dimension, below the distribution of the data.

const Steps = 400;
const Beyond = 0.12; // How far a slider goes past the data, as a share of their range.

function element(name, cssClass, text, parent) {
  const made = document.createElement(name);
  if (cssClass) made.className = cssClass;
  if (text) made.textContent = text;
  parent?.append(made);
  return made;
}

// The distribution of the data above the slider, as a picture without words.
function histogram(dimension) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const { counts, low, high, from, to } = dimension;
  const most = Math.max(...counts);
  const x = value => 1000 * (value - from) / (to - from);
  const width = (high - low) / counts.length;
  const heights = counts.map((count, i) => `L${x(low + i * width)} ${100 - 96 * count / most}H${x(low + (i + 1) * width)}`);
  svg.setAttribute('viewBox', '0 0 1000 100');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const area = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  area.setAttribute('d', `M${x(low)} 100${heights.join('')}V100Z`);
  const mark = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  mark.setAttribute('class', 'explorer-mark');
  mark.setAttribute('vector-effect', 'non-scaling-stroke');
  svg.append(area, mark);
  return { svg, showStart: value => mark.setAttribute('d', `M${x(value)} 0V100`) };
}

class Slider {
  constructor(dimension, parent, changed) {
    const beyond = Beyond * (dimension.high - dimension.low);
    this.dimension = { ...dimension, from: dimension.low - beyond, to: dimension.high + beyond };
    const row = element('label', 'explorer-slider', '', parent);
    const head = element('span', 'explorer-head', '', row);
    element('b', '', dimension.name, head);
    element('span', 'explorer-about', `${rounded(dimension.klNat, 1)} nat${dimension.about && ' · '}${dimension.about}`, head);
    this.shown = element('output', '', '', head);
    this.picture = histogram(this.dimension);
    row.append(this.picture.svg);
    this.input = element('input', '', '', row);
    Object.assign(this.input, { type: 'range', min: 0, max: Steps, step: 1 });
    const { from, to } = this.dimension;
    this.input.style.setProperty('--explorer-low', (dimension.low - from) / (to - from));
    this.input.style.setProperty('--explorer-high', (dimension.high - from) / (to - from));
    this.input.setAttribute('aria-label', `${dimension.name}, KL ${rounded(dimension.klNat, 2)} nat`);
    const { low, high, klNat, about } = dimension;
    row.title = `${about && `Tells most about ${about}. `}`
      + `Data from ${rounded(low, 2)} to ${rounded(high, 2)}; KL ${rounded(klNat, 2)} nat`;
    this.input.addEventListener('input', () => {
      const { from, to } = this.dimension;
      this.value = from + (to - from) * this.input.value / Steps;
      this.tell();
      changed();
    });
  }

  // The exact value, which need not lie on a step of the slider.
  set(value) {
    const { from, to } = this.dimension;
    this.value = value;
    this.input.value = Math.round((value - from) / (to - from) * Steps);
    this.tell();
  }

  tell() {
    const { low, high } = this.dimension;
    const outside = this.value < low - 1e-6 || this.value > high + 1e-6;
    this.shown.textContent = rounded(this.value, 2);
    this.shown.classList.toggle('explorer-outside', outside);
    this.input.setAttribute('aria-valuetext', `${rounded(this.value, 2)}${outside ? ', outside the data' : ''}`);
  }
}
