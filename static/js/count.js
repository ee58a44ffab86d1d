// How long a text is and may be; what is too long can be typed, and the server says so again.
const NEARLY = 0.8;

/** Characters as the server counts them: composed, the ends cut. */
export function length(text) {
  return [...text.normalize("NFC").trim()].length;
}

/** What is said about a text: nothing while it is short. */
export function told(count, most, words) {
  if (count < most * NEARLY) return "";
  return words.replace("{count}", String(count)).replace("{most}", String(most));
}

/** Count along under each text that has a longest length. */
export function countCharacters(document) {
  for (const place of document.querySelectorAll("[data-counter]")) {
    const field = document.getElementById(place.dataset.counter);
    const most = Number(field.dataset.longest);
    const look = () => {
      const count = length(field.value);
      place.textContent = told(count, most, place.dataset.words);
      place.hidden = !place.textContent;
      place.classList.toggle("form-error-message", count > most);
    };
    place.setAttribute("role", "status");
    field.addEventListener("input", look);
    look();
  }
}
