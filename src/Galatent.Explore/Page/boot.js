// Before the page: the chosen theme; and a word where the page was opened from the disk, where browsers load no modules.
'use strict';

(() => {
  try {
    const theme = localStorage.getItem('galatent-theme');
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // A browser that keeps nothing has the theme of its system.
  }
  if (location.protocol !== 'file:') return;
  document.addEventListener('DOMContentLoaded', () => {
    document.body.textContent =
      'A browser loads this page only from a web server. In this folder, run: python3 -m http.server ' + 'and open http://localhost:8000';
    document.body.dataset.state = 'idle';
  });
})();
