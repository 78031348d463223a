// Many files at once: each is sent by itself, so that no request grows too large and one that fails fails alone.
// When all were sent the page is loaded again, and so it is when everything was read.
(() => {
  'use strict';
  const { root } = document.documentElement.dataset;

  document.addEventListener('job-finished', (event) => {
    const table = document.querySelector('form[data-kept]');
    const isTouched = table && [...table.elements].some((one) => one.type !== 'hidden' && one.dataset.typed);
    if ('again' in event.target.dataset && !isTouched) window.location.reload();
  });

  // What somebody types is not thrown away by a page that loads itself.
  document.querySelector('form[data-kept]')?.addEventListener('input', (event) => { event.target.dataset.typed = 'yes'; });

  document.querySelectorAll('form[data-many]').forEach((form) => {
    const told = form.querySelector('[data-told]');
    const results = form.querySelector('[data-results]');
    const button = form.querySelector('button');
    const words = form.dataset;
    const named = (text, name) => text.replace('{name}', () => name);

    // What the service says against a file, and what we do: only the service remembers what it said.
    async function send(file) {
      const tooLarge = file.size > Number(words.mostMb) * 1024 * 1024;
      if (tooLarge) return { own: named(words.tooLarge, file.name) };
      const data = new FormData(form);
      data.set('file', file);
      try {
        const reply = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'application/json' } });
        if (reply.status === 401) window.location.reload(); // leads to the login page and back
        const said = await reply.json();
        if (said.draft) form.elements.namedItem('draft').value = said.draft;
        if (said.draft) return { refused: said.refused };
        // No draft was begun for what was refused: its sentence is shown here, as no page will.
        return { own: said.refused?.join(' ') || (said.error ?? named(words.notSent, file.name)) };
      } catch (error) {
        if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
        return { own: named(words.notSent, file.name) };
      }
    }

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const files = [...form.elements.namedItem('file').files];
      let isOwn = false;
      button.disabled = true;
      results.replaceChildren();
      for (const [number, file] of files.entries()) {
        told.textContent = named(words.sending.replace('{n}', number + 1).replace('{m}', files.length), file.name);
        const { own, refused } = await send(file);
        isOwn ||= Boolean(own);
        results.append(...(own ? [own] : refused).map((sentence) => window.staff.made('li', 'notice bad', sentence)));
      }
      told.textContent = '';
      button.disabled = false;
      const draft = form.elements.namedItem('draft').value;
      if (!draft) return;
      const address = `${root}/staff/corpus/many?draft=${draft}`;
      if (!isOwn) { window.location.assign(address); return; }
      const on = window.staff.made('a', 'button', words.onward);
      on.href = address;
      const line = document.createElement('li');
      line.append(on);
      results.append(line);
    });
  });
})();
