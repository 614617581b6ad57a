// Which parameters make a wanted change of some latents, the others free to move. With the derivatives J (a row per parameter, in standard
// deviations of the population) the change d of the parameters is the most probable one under a unit normal prior:
// (J S J' + 1) d = J S w, where w is the wanted change and S holds the inverse posterior variances. To hold all other dimensions still as
// well would ask for changes of ten standard deviations, where first order says nothing.

export function inverse(jacobian, count, width, wanted, sigma, dimensions) {
  const matrix = Array.from({ length: count }, () => new Float64Array(count + 1));
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let sum = a === b ? 1 : 0;
      for (const d of dimensions) sum += (jacobian[a * width + d] * jacobian[b * width + d]) / sigma[d] ** 2;
      matrix[a][b] = sum;
    }
    for (const d of dimensions) matrix[a][count] += (jacobian[a * width + d] * wanted[d]) / sigma[d] ** 2;
  }
  return solve(matrix);
}

// How the latents change to first order.
export function forward(jacobian, count, width, change) {
  const moved = new Float64Array(width);
  for (let k = 0; k < count; k++) for (let d = 0; d < width; d++) moved[d] += change[k] * jacobian[k * width + d];
  return moved;
}

// Gauss with the largest pivot; the right side is the last column.
function solve(rows) {
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(rows[r][c]) > Math.abs(rows[pivot][c])) pivot = r;
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let r = c + 1; r < n; r++) {
      const factor = rows[r][c] / rows[c][c];
      for (let k = c; k <= n; k++) rows[r][k] -= factor * rows[c][k];
    }
  }
  const x = new Float64Array(n);
  for (let r = n - 1; r >= 0; r--) {
    let sum = rows[r][n];
    for (let k = r + 1; k < n; k++) sum -= rows[r][k] * x[k];
    x[r] = sum / rows[r][r];
  }
  return x;
}
