// Makes the key pair of a VPN access in the browser. The private key stays in this page's memory: it is put into the configuration shown here, and
// neither sent nor stored.
import { picture } from './qr.js';

const form = document.getElementById('vpn-form');
const here = document.getElementById('vpn-here');
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** A pair of X25519 keys as WireGuard writes them, or null where the browser cannot make one. */
async function makePair() {
  try {
    const pair = await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits']);
    const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    // RFC 8410: the key's 32 bytes are the last of its PKCS #8 form.
    return { privateKey: base64(pkcs8.slice(-32)), publicKey: base64(raw) };
  } catch {
    return null;
  }
}

/** Takes over the answered page and completes its configuration with the private key. */
async function show(page, privateKey) {
  document.querySelector('main').replaceWith(page.querySelector('main'));
  const place = document.getElementById('vpn-config');
  if (!place) return;
  const answer = await fetch(place.dataset.config);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const config = (await answer.text()).replace(/^# .*\n/m, '').replace('<private key>', privateKey);
  const link = document.createElement('a');
  link.className = 'button primary';
  link.download = place.dataset.file;
  link.href = URL.createObjectURL(new Blob([config], { type: 'text/plain' }));
  link.textContent = place.dataset.download;
  const text = document.createElement('pre');
  text.textContent = config;
  place.replaceChildren(...[link, picture(config, place.dataset.qr), text].filter(Boolean));
  for (const part of document.querySelectorAll('[data-with-key]')) part.hidden = false;
  for (const part of document.querySelectorAll('[data-without-key]')) part.hidden = true;
  link.focus();
}

async function setUp(button) {
  button.disabled = true;
  const pair = await makePair();
  const data = new URLSearchParams(new FormData(form));
  data.set('publicKey', pair.publicKey);
  // The same key and the same act until it is answered: a private key whose public half is enrolled must not get lost.
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'text/html' } });
      if (![429, 502, 503, 504].includes(answer.status)) {
        await show(new DOMParser().parseFromString(await answer.text(), 'text/html'), pair.privateKey);
        return;
      }
    } catch { /* Said below. */ }
    if (!document.getElementById('vpn-away')) {
      const alert = document.createElement('p');
      alert.id = 'vpn-away';
      alert.className = 'alert';
      alert.setAttribute('role', 'alert');
      alert.textContent = form.dataset.away;
      here?.append(alert);
    }
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}

if (here && (await makePair())) {
  here.hidden = false;
  const button = document.getElementById('vpn-make');
  button.addEventListener('click', () => setUp(button));
}
