// Keeps the parts of a page that are marked data-live as they are on the server now. Asked with the page's tag, an unchanged page costs nothing.

const EVERY = 10000; // ms

let tag = null;

async function look() {
  // Nobody looks at a page in the background; what somebody is in is not taken from under their hands.
  if (document.hidden || document.activeElement?.closest('[data-live]')) return;
  const headers = { Accept: 'text/html' };
  if (tag) headers['If-None-Match'] = tag;
  const answer = await fetch(location.href, { headers, cache: 'no-store' });
  if (answer.status !== 200) return;
  tag = answer.headers.get('ETag');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = page.getElementById(part.id);
    if (now && now.outerHTML !== part.outerHTML) part.replaceWith(now);
  }
}

// Asked in vain (no network, signed out), the page stays as it was.
setInterval(() => look().catch(() => {}), EVERY);
