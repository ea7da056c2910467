// Keeps a page of the meeting live. Without this script the page still reads and every form still posts.
//
// The server sends HTML fragments, matched by id. A form that somebody is filling in is never touched: its
// newest server version waits until the form is empty again, and a notice says that the clause has changed.
(() => {
  'use strict';
  const source = document.body.dataset.events;
  if (!source || !window.EventSource) return;

  const PATIENCE = 20000;             // ms until an act counts as not sent; sent again it is carried out once
  const byId = id => document.getElementById(id);
  const spoken = byId('spoken');
  const waiting = new Map();          // form id -> newest server version of a form in use
  let version = document.body.dataset.version;
  let stream = null, heardAt = 0, retryIn = 500, retryTimer = 0, restTimer = 0;

  // -- forms in use -------------------------------------------------------------------------------------
  const isChanged = field => {
    if (field.type === 'hidden' || !field.matches('input,textarea,select')) return false;
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (field.tagName === 'SELECT') return [...field.options].some(o => o.selected !== o.defaultSelected);
    return field.value !== field.defaultValue;
  };
  const isInUse = form => {
    const active = document.activeElement;
    return (form.contains(active) && active.matches('textarea,input:not([type=hidden]),select'))
      || [...form.elements].some(isChanged);
  };
  const holdsFormInUse = node => node.nodeType === 1
    && [node, ...node.querySelectorAll('form')].some(n => n.nodeName === 'FORM' && isInUse(n));

  const revision = form => form.querySelector('input[name=revision]')?.value;

  // -- patching -----------------------------------------------------------------------------------------
  const callbacks = {
    beforeNodeMorphed(old, fresh) {
      if (old.nodeName === 'FORM' && isInUse(old)) {
        waiting.set(old.id, fresh.cloneNode(true));
        if (revision(old) !== revision(fresh)) old.classList.add('is-stale');
        return false;
      }
      if (old.nodeName === 'FORM') waiting.delete(old.id);
      if (old.nodeName === 'DETAILS') fresh.open = old.open;
      return true;
    },
    beforeNodeRemoved: node => !holdsFormInUse(node),
  };
  const morph = (old, fresh) => Idiomorph.morph(old, fresh, { callbacks, restoreFocus: true });

  function patch(html) {
    const template = document.createElement('template');
    template.innerHTML = html;        // rendered by our own server, every value escaped there
    const active = document.activeElement;
    const before = active && active !== document.body ? active.getBoundingClientRect().top : null;
    const around = before === null ? [] : placesAround(active);
    for (const fresh of [...template.content.children]) {
      const old = byId(fresh.id);
      if (!old) continue;
      morph(old, fresh);
      byId(fresh.id).classList.add('is-fresh');
      setTimeout(() => byId(fresh.id)?.classList.remove('is-fresh'), 2500);
    }
    if (before !== null && active.isConnected) {      // the line being written stays where it is
      const moved = active.getBoundingClientRect().top - before;
      if (moved) scrollBy({ top: moved, behavior: 'instant' });
    }
    if (before !== null && document.activeElement === document.body) refocus(around);
  }
  // The button in focus may be gone with the act it stood for: the focus then stays as near as it can.
  const placesAround = node => {
    const ids = [];
    for (; node && node !== document.body; node = node.parentElement) if (node.id) ids.push(node.id);
    return ids;
  };
  function refocus(ids) {
    const place = ids.map(byId).find(Boolean);
    if (!place) return;
    const inside = [...place.querySelectorAll('button,summary,a[href],input:not([type=hidden]),textarea,select')];
    const next = place.matches('[tabindex]') ? place : inside.find(e => e.checkVisibility());
    if (!next) place.tabIndex = -1;
    (next || place).focus({ preventScroll: true });
  }
  const settle = form => setTimeout(() => {
    const fresh = waiting.get(form.id);
    if (!fresh || isInUse(form)) return;
    waiting.delete(form.id);
    form.classList.remove('is-stale');
    morph(form, fresh);
  });

  // -- the stream ---------------------------------------------------------------------------------------
  const show = state => {             // seen as a mark beside the meeting's facts, and said aloud when it changes
    const root = document.documentElement, before = root.dataset.connection;
    root.dataset.connection = state;
    if (state === 'off' && before === 'on') spoken.textContent = 'Connection lost, trying again.';
    if (state === 'on' && before === 'off') spoken.textContent = 'Connected again.';
  };
  function open() {
    stream?.close();
    stream = new EventSource(`${source}?since=${encodeURIComponent(version)}`);
    heardAt = Date.now();
    const on = (name, act) => stream.addEventListener(name, event => {
      heardAt = Date.now(); retryIn = 500; show('on');
      if (event.lastEventId) version = event.lastEventId;
      act(event);
    });
    on('hello', () => {});
    on('ping', () => {});
    on('patch', event => patch(event.data));
    on('say', event => { spoken.textContent = event.data; });
    on('bye', () => {                 // what somebody is writing is not taken away with the session
      stream.close();
      show('ended');
      if (![...document.forms].some(isInUse)) location.assign('/sign-in');
    });
    stream.onerror = again;           // own backoff: a browser gives up for good on an HTTP error
  }
  function again() {
    stream.close();
    show('off');
    clearTimeout(retryTimer);
    retryTimer = setTimeout(open, retryIn * (0.7 + Math.random() * 0.6));
    retryIn = Math.min(retryIn * 2, 15000);
  }
  setInterval(() => { if (stream.readyState === 1 && Date.now() - heardAt > 40000) again(); }, 5000);
  addEventListener('online', open);
  addEventListener('pagehide', () => stream.close());
  addEventListener('pageshow', event => { if (event.persisted) open(); });
  document.addEventListener('visibilitychange', () => {   // a hidden tab gives its connection back
    clearTimeout(restTimer);
    if (document.hidden) restTimer = setTimeout(() => { clearTimeout(retryTimer); stream.close(); }, 30000);
    else if (stream.readyState === 2) open();
  });

  // -- acts: posted without leaving the page; what changed comes back over the stream ----------------------
  for (const name of ['focusout', 'input', 'reset']) {
    document.addEventListener(name, event => {
      const form = event.target.form || event.target;
      if (form?.nodeName === 'FORM') settle(form);
    });
  }
  function complain(form, html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    if (!template.content.querySelector('.problem')) template.innerHTML = notSent(html);
    form.querySelector('.problem')?.remove();
    form.prepend(template.content);
    form.querySelector('.problem')?.focus();
  }
  function tooLarge(form) {                              // told before it is sent for nothing
    for (const field of form.querySelectorAll('input[type=file][data-max]')) {
      for (const file of field.files) {
        if (file.size > Number(field.dataset.max)) {
          return `${file.name}: it has ${(file.size / 1e6).toFixed(1)} MB; at most ${field.dataset.max / 1e6} MB are taken. Nothing was changed.`;
        }
      }
    }
    return '';
  }
  const notSent = why => {
    const p = document.createElement('p');
    p.textContent = why;
    return `<p class="problem" role="alert" tabindex="-1">Not sent: ${p.innerHTML} Your text is still here; send it again.</p>`;
  };
  async function send(form, submitter) {
    const large = tooLarge(form);
    if (large) {
      const p = document.createElement('p');
      p.className = 'problem'; p.tabIndex = -1; p.setAttribute('role', 'alert'); p.textContent = large;
      return complain(form, p.outerHTML);
    }
    const body = form.enctype === 'multipart/form-data'
      ? new FormData(form, submitter) : new URLSearchParams(new FormData(form, submitter));
    form.dataset.command ||= crypto.randomUUID();         // the same act sent twice is carried out once
    form.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(form.action, {
        method: 'POST', body, headers: { 'X-Live': '1', 'X-Command-Id': form.dataset.command },
        signal: AbortSignal.timeout(PATIENCE),
      });
      delete form.dataset.command;
      if (answer.status === 204) {
        form.querySelector('.problem')?.remove();
        form.reset();
        const details = form.closest('details.once');
        if (details) { details.open = false; details.querySelector('summary').focus(); }
        settle(form);
      } else if (answer.status >= 400 && answer.status < 500) complain(form, await answer.text());
      else if (answer.redirected) location.assign(answer.url);
      else throw new Error(answer.statusText);
    } catch {
      complain(form, notSent('no connection.'));
    }
    form.removeAttribute('aria-busy');
  }
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' || form.hasAttribute('data-plain')) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy') !== 'true') send(form, event.submitter);
  });

  // -- keys: j and k walk the clauses, p proposes on the one in focus, ? shows the keys -------------------
  const clauses = () => [...document.querySelectorAll('article.clause[tabindex]')];
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input,textarea,select')) return;
    const all = clauses(), here = all.findIndex(c => c.contains(document.activeElement));
    if (event.key === 'j' || event.key === 'k') {
      const next = all[Math.max(0, Math.min(all.length - 1, here + (event.key === 'j' ? 1 : -1)))];
      next?.focus(); next?.scrollIntoView({ block: 'center' });
    } else if (event.key === 'p' && here >= 0) {
      const details = all[here].querySelector('details.propose');
      if (details) { event.preventDefault(); details.open = true; details.querySelector('textarea').focus(); }
    } else if (event.key === '?') byId('keys')?.showModal();
  });
  open();
})();
