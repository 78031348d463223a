// The staff pages' own script. It builds nodes with textContent only; no text of anybody becomes HTML.
(() => {
  'use strict';
  const POLL_MS = 1000;
  const page = document.documentElement.dataset;

  const made = (name, className, text = '') => {
    const node = document.createElement(name);
    node.className = className;
    node.textContent = text;
    return node;
  };

  // Paths begin with "/staff"; the prefix under which a proxy shows the service is put before them.
  async function ask(path, options = {}) {
    const headers = { Accept: 'application/json', 'X-CSRF': page.csrf, ...options.headers };
    const reply = await fetch(page.root + path, { credentials: 'same-origin', ...options, headers });
    if (reply.status === 401) window.location.reload(); // leads to the login page and back
    const data = await reply.json();
    if (!reply.ok) throw new Error(data.error || String(reply.status));
    return data;
  }

  // POST JSON and get JSON; an error reply is thrown as an Error with its sentence.
  function post(path, body = {}) {
    const headers = { 'Content-Type': 'application/json' };
    return ask(path, { method: 'POST', body: JSON.stringify(body), headers });
  }

  // Shows in `element` how far a job is, with a button that stops it. Resolves with the finished job.
  async function watchJob(element, id) {
    const words = document.getElementById('job-words').dataset;
    const bar = document.createElement('progress');
    const told = made('p', 'job-words', words.running);
    const stop = made('button', 'second', words.stop);
    stop.type = 'button';
    told.setAttribute('role', 'status');
    bar.setAttribute('aria-label', words.running);
    element.classList.add('job');
    element.replaceChildren(told, bar, stop);
    stop.addEventListener('click', async () => {
      stop.disabled = true;
      try { await post(`/staff/jobs/${id}/cancel`); } catch (error) { told.textContent = error.message; }
    });
    for (;;) {
      let job = null;
      try {
        job = await ask(`/staff/jobs/${id}`);
      } catch (error) {
        told.textContent = error instanceof TypeError ? words.unreachable : error.message;
        if (!(error instanceof TypeError)) { bar.remove(); stop.remove(); return null; }
      }
      if (job) {
        if (job.total > 0) { bar.max = job.total; bar.value = job.done; } else { bar.removeAttribute('value'); }
        const count = job.total > 0 ? ` ${job.done}/${job.total}` : '';
        told.textContent = `${job.words || words[job.state]}${count}`;
        if (job.state !== 'running' && job.state !== 'waiting') { finish(element, job, words); return job; }
      }
      await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
    }
  }

  function finish(element, job, words) {
    const kind = job.state === 'done' ? 'notice good' : job.state === 'failed' ? 'notice bad' : 'notice';
    const told = made('p', `job-words ${kind}`, words[job.state] + (job.error ? `: ${job.error}` : ''));
    told.setAttribute('role', 'status');
    element.replaceChildren(told);
    if (job.state === 'done' && job.result.startsWith('/') && !job.result.startsWith('//')) {
      const link = made('a', 'button', words.result);
      link.href = page.root + job.result;
      element.append(link);
    }
    element.dispatchEvent(new CustomEvent('job-finished', { detail: job, bubbles: true }));
  }

  window.watchJob = watchJob;
  window.staff = { ask, post, made, watchJob };
  // <div data-job="ID"></div> is watched without a script of the page's own.
  document.querySelectorAll('[data-job]').forEach((element) => { watchJob(element, element.dataset.job); });
})();
