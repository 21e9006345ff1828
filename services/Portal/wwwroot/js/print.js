// A button for what the browser's menu does too.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// The server does not know under which name it is reached; paper has no address bar.
for (const origin of document.querySelectorAll('[data-origin]')) origin.textContent = location.origin;
