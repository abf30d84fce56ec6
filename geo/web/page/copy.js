// @ts-check
/** A text into the reader's clipboard. */

/** Copies a text and says so on the button. @param {HTMLElement} button @param {string} text @param {string} copied */
export async function copyText(button, text, copied) {
  const label = button.dataset.label ?? button.textContent ?? "";
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text);
  }
  button.textContent = copied;
  setTimeout(() => (button.textContent = label), 1600);
}

/** For pages without https, where the clipboard is closed to scripts. @param {string} text */
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
