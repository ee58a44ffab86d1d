// What is pressed before the drawing has come: remembered in its order, and done when it is there.
import { wishOf } from "./keys.js";

export class Early {
  /** `root` holds the buttons, `plan` takes the keys. */
  constructor(root, plan) {
    this.pressed = [];
    this.ended = new AbortController();
    const options = { signal: this.ended.signal };
    plan.addEventListener("keydown", (event) => this.#key(event), options);
    root.addEventListener("click", (event) => this.#button(event.target.closest("button")), options);
  }

  #key(event) {
    const wish = wishOf(event);
    if (!wish) return;
    event.preventDefault();
    this.pressed.push(wish);
  }

  #button(button) {
    if (button?.type === "button") this.pressed.push(button);
  }

  /** Do it all now: buttons are pressed once more, wishes of keys go to `act`; how many there were. */
  end(act) {
    this.ended.abort();
    for (const one of this.pressed) {
      if ("wish" in one) act(one);
      else one.click();
    }
    return this.pressed.length;
  }
}
