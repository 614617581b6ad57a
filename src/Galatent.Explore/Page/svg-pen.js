// A pen with the few commands of a canvas that a spectrum needs, which writes SVG.

const escaped = text => text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const number = x => Number(x.toFixed(2));

export class SvgPen {
  constructor(width, height, background) {
    Object.assign(this, { width, height, lineWidth: 1, globalAlpha: 1, strokeStyle: '#000', fillStyle: '#000', font: '12px sans-serif' });
    this.parts = [`<rect width="${width}" height="${height}" fill="${background}"/>`];
    this.path = '';
    this.dash = [];
    this.shift = '';
    this.kept = [];
    this.groups = 0;
    this.measure = document.createElement('canvas').getContext('2d');
  }

  beginPath() {
    this.path = '';
    this.isOpen = false;
  }

  moveTo(x, y) {
    this.path += `M${number(x)} ${number(y)}`;
    this.isOpen = true;
  }

  lineTo(x, y) {
    this.path += `${this.isOpen ? 'L' : 'M'}${number(x)} ${number(y)}`;
    this.isOpen = true;
  }

  closePath() {
    this.path += 'Z';
  }

  rect(x, y, w, h) {
    this.path += `M${number(x)} ${number(y)}h${number(w)}v${number(h)}h${number(-w)}Z`;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    this.add(
      `<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"${dash}`,
    );
  }

  fill() {
    this.add(`<path d="${this.path}" fill="${this.fillStyle}"`);
  }

  strokeRect(x, y, w, h) {
    this.beginPath();
    this.rect(x, y, w, h);
    this.stroke();
  }

  fillRect(x, y, w, h) {
    this.beginPath();
    this.rect(x, y, w, h);
    this.fill();
  }

  fillText(text, x, y) {
    const anchor = { center: 'middle', right: 'end' }[this.textAlign] ?? 'start';
    const line = { top: 'hanging', middle: 'central' }[this.textBaseline] ?? 'auto';
    const [, size, family] = /([\d.]+px) (.*)/.exec(this.font);
    this.add(
      `<text x="${number(x)}" y="${number(y)}" text-anchor="${anchor}" dominant-baseline="${line}" fill="${this.fillStyle}" ` +
        `font-size="${size}" font-family="${escaped(family)}"`,
      escaped(text),
    );
  }

  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  add(begin, content) {
    const opacity = this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : '';
    const shift = this.shift ? ` transform="${this.shift}"` : '';
    this.parts.push(content === undefined ? `${begin}${opacity}${shift}/>` : `${begin}${opacity}${shift}>${content}</text>`);
  }

  save() {
    this.kept.push({ shift: this.shift, groups: this.groups });
  }

  restore() {
    const { shift, groups } = this.kept.pop();
    for (; this.groups > groups; this.groups--) this.parts.push('</g>');
    this.shift = shift;
  }

  translate(x, y) {
    this.shift += `translate(${number(x)} ${number(y)})`;
  }

  rotate(angle) {
    this.shift += `rotate(${number((angle * 180) / Math.PI)})`;
  }

  clip() {
    const id = `c${this.parts.length}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.path}"/></clipPath><g clip-path="url(#${id})">`);
    this.groups++;
  }

  text() {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">` +
      `${this.parts.join('\n')}</svg>\n`
    );
  }
}
