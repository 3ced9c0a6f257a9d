// Words that were marked in a story are added to those that are covered. Without a script they are typed.
"use strict";
for (const row of document.querySelectorAll(".scripted")) row.hidden = false;
for (const button of document.querySelectorAll("[data-cover]")) {
  button.addEventListener("mousedown", (press) => press.preventDefault());
  button.addEventListener("click", () => {
    const chosen = getSelection(), words = button.closest("section").querySelector("[data-words]");
    if (!words.contains(chosen.anchorNode) || !words.contains(chosen.focusNode)) return;
    const parts = document.getElementById(button.dataset.cover);
    const part = chosen.toString().trim();
    if (part) parts.value = [...parts.value.split("\n").filter(Boolean), ...part.split("\n")].join("\n");
  });
}
document.querySelector(".look")?.focus();
