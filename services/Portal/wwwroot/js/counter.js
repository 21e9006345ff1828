// The counter without changing pages: what is scanned while an answer is under way waits its turn, and the field never loses the focus.

const AGAIN = 3000; // ms until a service that was away is asked again
const AWAY = [429, 502, 503, 504]; // answers after which the same is asked again
const QUIET = 250; // ms after which a single letter was a key press and not the beginning of a scan

const form = document.getElementById('counter');
const field = document.getElementById('input');
const waiting = document.getElementById('waiting');
const queue = [];
let busy = false;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function showWaiting() {
  waiting.replaceChildren(...queue.filter((e) => e.input).map((e) => {
    const line = document.createElement('li');
    line.textContent = e.input;
    return line;
  }));
  waiting.hidden = waiting.childElementCount === 0;
}

function say(text) {
  const alert = document.createElement('div');
  alert.className = 'alert';
  alert.textContent = text;
  document.getElementById('counter-says').replaceChildren(alert);
}

async function send(entry) {
  const data = new URLSearchParams(new FormData(form));
  data.set('input', entry.input);
  if (entry.name) data.set(entry.name, entry.value);
  const response = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'text/html' } });
  return { status: response.status, url: response.url, page: new DOMParser().parseFromString(await response.text(), 'text/html') };
}

/** Takes over what the answered page knows; the field stays as it is, with what is being typed. False: the counter is over. */
function show({ url, page }) {
  const main = page.querySelector('main');
  // No page of ours: something in between answered. What was sent waits for its answer.
  if (!main) throw new TypeError('no page');
  if (!page.getElementById('counter')) {
    // Another page answered (signed out, not allowed): it is shown as it is.
    document.querySelector('main').replaceWith(main);
    return false;
  }
  for (const part of page.querySelectorAll('[data-part]')) document.querySelector(`[data-part="${part.dataset.part}"]`).replaceWith(part);
  history.replaceState(null, '', new URL(url).pathname + new URL(url).search);
  field.focus();
  return true;
}

async function work() {
  if (busy) return;
  busy = true;
  while (queue.length > 0) {
    showWaiting();
    try {
      const answer = await send(queue[0]);
      if (AWAY.includes(answer.status)) throw new TypeError(`${answer.status}`);
      if (!show(answer)) break;
      queue.shift();
    } catch {
      // The same act with the same key, until it is answered.
      say(form.dataset.away);
      await pause(AGAIN);
    }
  }
  showWaiting();
  busy = false;
}

function enqueue(entry) {
  queue.push(entry);
  work();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const button = event.submitter?.name ? event.submitter : null;
  enqueue({ input: button ? '' : field.value.trim(), name: button?.name, value: button?.value });
  if (!button) field.value = '';
});

field.addEventListener('paste', (event) => {
  const lines = event.clipboardData.getData('text').split(/[\r\n]+/).map((line) => line.trim()).filter(Boolean);
  if (lines.length < 2) return;
  event.preventDefault();
  for (const line of lines) enqueue({ input: line });
});

field.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const picks = [...form.querySelectorAll('input[name="pick"]')];
  if (!step || picks.length === 0) return;
  event.preventDefault();
  picks[(picks.findIndex((pick) => pick.checked) + step + picks.length) % picks.length].checked = true;
});

field.addEventListener('input', async () => {
  const letter = field.value.toLowerCase();
  const button = () => (letter.length === 1 && queue.length === 0 ? form.querySelector(`button[data-key="${CSS.escape(letter)}"]`) : null);
  if (!button()) return;
  await pause(QUIET);
  const pressed = button();
  if (!pressed || field.value.toLowerCase() !== letter) return;
  field.value = '';
  enqueue({ input: '', name: pressed.name, value: pressed.value });
});

form.addEventListener('click', (event) => {
  // Begins anew where one is, so that the field keeps the focus.
  const clear = event.target.closest('a[data-clear]');
  if (!clear) return;
  event.preventDefault();
  fetch(clear.href, { headers: { Accept: 'text/html' } })
    .then(async (response) => show({ url: response.url, page: new DOMParser().parseFromString(await response.text(), 'text/html') }))
    .catch(() => say(form.dataset.away));
});
