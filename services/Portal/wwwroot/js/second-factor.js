// Draws the key that is to be set up for the camera of a phone. It is in the page already; nothing is sent or stored.
import { picture } from './qr.js';

const place = document.getElementById('factor-qr');
if (place) {
  place.replaceChildren(picture(place.dataset.uri, place.dataset.label));
  place.hidden = false;
}

// A button for what the browser's menu does too.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
