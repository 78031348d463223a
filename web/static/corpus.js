// The corpus pages: on to the result when a job is done, a word in time about a file that is too large, and forms whose
// work lasts: the reply tells how far it is, and closing the connection, as leaving the page does, ends the work.
(() => {
  'use strict';
  const { root } = document.documentElement.dataset;
  const isOurs = (address) => address.startsWith('/') && !address.startsWith('//');

  document.addEventListener('job-finished', (event) => {
    const { state, result } = event.detail;
    if ('follow' in event.target.dataset && state === 'done' && isOurs(result)) window.location.assign(root + result);
  });

  document.querySelectorAll('input[type=file][data-most-mb]').forEach((input) => {
    const instead = input.form.elements.namedItem('instead_of');
    const check = () => {
      const files = [...input.files];
      const isLarge = files.some((file) => file.size > Number(input.dataset.mostMb) * 1024 * 1024);
      const isSeveral = files.length > 1 && instead.value !== '';
      input.setCustomValidity(isLarge ? input.dataset.tooLarge : isSeveral ? input.dataset.oneForOne : '');
      input.reportValidity();
    };
    input.multiple = true; // without this script the form takes one
    // A file of the name of one that is there most likely takes its place; the choice stays open.
    input.addEventListener('change', () => {
      const same = input.files.length === 1 && [...instead.options].find((option) => option.value === input.files[0].name);
      if (same) instead.value = same.value;
      check();
    });
    instead.addEventListener('change', check);
  });

  // The states of a job as they come in, the last one when it is over.
  async function* statesOf(reply) {
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (rest + value).split('\n\n');
      rest = events.pop();
      for (const event of events) yield JSON.parse(event.slice('data: '.length));
    }
  }

  function lasting(form) {
    const progress = form.querySelector('[data-progress]');
    const results = form.querySelector('[data-results]');
    const [told, stop, send] = [progress.querySelector('[role=status]'), progress.querySelector('button'), form.querySelector('button:not([type])')];
    const words = progress.dataset;
    let job = '';
    let isStopped = false;
    let connection = null;

    stop.addEventListener('click', async () => {
      isStopped = true;
      stop.disabled = true;
      try {
        if (!job) throw new Error('still being sent');
        await window.staff.post(`/staff/jobs/${job}/cancel`);
      } catch { connection.abort(); }
    });

    const named = (name) => (name ? words.named.replace('{name}', () => name) : '');

    // Sends one file, or the form as it is; resolves with the job when it is over, or with the sentence on what is wrong:
    // `error` of the service, which names the file, or our own.
    async function one(data, prefix) {
      connection = new AbortController();
      job = '';
      try {
        const headers = { Accept: 'text/event-stream' };
        const reply = await fetch(form.action, { method: 'POST', body: data, headers, signal: connection.signal });
        if (reply.status === 401) window.location.reload(); // leads to the login page and back
        if (!reply.ok) return { error: (await reply.json()).error };
        for await (const state of statesOf(reply)) {
          job = state.id;
          told.textContent = prefix + state.words;
          if (state.state === 'done' || state.state === 'failed') return state;
          if (state.state === 'cancelled') return { own: words.stopped };
        }
      } catch (error) {
        if (isStopped) return { own: words.stopped };
        if (!(error instanceof TypeError)) throw error;
      }
      return { own: words.lost };
    }

    function linkTo(address, text) {
      const link = window.staff.made('a', '', text);
      link.href = address;
      return link;
    }

    function line(...parts) {
      const made = document.createElement('li');
      made.append(...parts);
      results.append(made);
    }

    function show(name, outcome) {
      const isGood = outcome.state === 'done' && isOurs(outcome.result);
      if (isGood) line(`${name} `, linkTo(root + outcome.result, words.look));
      else line(window.staff.made('p', 'notice bad', outcome.error ?? named(name) + outcome.own));
    }

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const files = [...(form.querySelector('input[type=file]')?.files ?? [])];
      const sent = files.length ? files : [null];
      let good = 0;
      let last = null;
      isStopped = false;
      stop.disabled = false;
      send.disabled = true;
      progress.hidden = false;
      results.replaceChildren();
      for (const [number, file] of sent.entries()) {
        const data = new FormData(form);
        if (file) data.set('file', file);
        const prefix = sent.length > 1 ? words.of.replace('{n}', number + 1).replace('{m}', sent.length) : '';
        told.textContent = prefix + (file ? words.sending.replace('{name}', () => file.name) : '');
        last = isStopped ? { own: words.unsent } : await one(data, prefix);
        good += last.state === 'done';
        show(file ? file.name : '', last);
      }
      progress.hidden = true;
      send.disabled = false;
      if (good > 0 && good < sent.length) line(linkTo('', words.reload)); // the page lists the files of before
      if (good < sent.length) return;
      if (sent.length > 1) window.location.reload();
      else if ('now' in form.dataset) window.location.replace(root + last.result); // there is no way back to an empty page
      else window.location.assign(root + last.result);
    });
    if ('now' in form.dataset) form.requestSubmit();
  }

  document.querySelectorAll('form[data-lasting]').forEach(lasting);
})();
