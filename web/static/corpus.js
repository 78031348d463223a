// The corpus pages: on to the result when a job is done, and a word in time about a file that is too large.
(() => {
  'use strict';
  document.addEventListener('job-finished', (event) => {
    const { state, result } = event.detail;
    const asked = 'follow' in event.target.dataset;
    if (asked && state === 'done' && result.startsWith('/') && !result.startsWith('//')) {
      window.location.assign(document.documentElement.dataset.root + result);
    }
  });
  document.querySelectorAll('input[type=file][data-most-mb]').forEach((input) => {
    input.addEventListener('change', () => {
      const file = input.files[0];
      const isLarge = Boolean(file) && file.size > Number(input.dataset.mostMb) * 1024 * 1024;
      input.setCustomValidity(isLarge ? input.dataset.tooLarge : '');
      input.reportValidity();
    });
  });
})();
