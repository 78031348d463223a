// The bench's own script: selected words of a clause become the evidence. Everything works without it.
(() => {
  'use strict';

  // The words selected inside `text`, or "" when the selection is elsewhere.
  function selectedIn(text) {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return '';
    return selection.toString().trim();
  }

  document.querySelectorAll('[data-pick]').forEach((pick) => {
    const text = pick.querySelector('[data-text]');
    const take = pick.querySelector('[data-take]');
    const quote = pick.querySelector('input[type=text]');
    const chosen = pick.querySelector('input[type=checkbox]');
    let words = '';
    document.addEventListener('selectionchange', () => {
      const now = selectedIn(text);
      if (now) words = now; // pressing the button may clear the selection first
      take.hidden = !now && document.activeElement !== take;
    });
    take.addEventListener('click', () => {
      quote.value = words;
      chosen.checked = true;
      take.hidden = true;
      quote.focus();
    });
    quote.addEventListener('input', () => { if (quote.value) chosen.checked = true; });
  });

  // What was filled in from the answer proves nothing once the answer is said to be wrong.
  const filled = document.querySelector('[data-filled]');
  document.querySelectorAll('input[name=verdict][value=wrong]').forEach((wrong) => wrong.addEventListener('change', () => {
    if (!filled || !filled.isConnected) return;
    const { points, quotes, decline } = JSON.parse(filled.dataset.filled);
    document.querySelectorAll('[data-pick]').forEach((pick) => {
      const chosen = pick.querySelector('input[type=checkbox]');
      const quote = pick.querySelector('input[type=text]');
      if (quotes[chosen.value] !== quote.value) return;
      chosen.checked = false;
      quote.value = '';
    });
    const said = document.getElementById('points');
    const offered = new Set(points.split('\n'));
    said.value = said.value.split('\n').filter((line) => !offered.has(line.trim())).join('\n');
    const declined = document.querySelector('input[name=decline]:checked');
    if (declined && declined.value === decline) document.querySelector('input[name=decline][value=""]').checked = true;
    filled.remove();
    show();
  }));

  const answerable = document.querySelector('[data-answerable]');
  const choices = document.querySelectorAll('input[name=decline]');
  function show() {
    const chosen = document.querySelector('input[name=decline]:checked');
    if (answerable) answerable.hidden = Boolean(chosen && chosen.value);
  }
  choices.forEach((choice) => choice.addEventListener('change', show));
  show();
})();
