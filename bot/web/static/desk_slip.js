// The slip goes to the printer with one button; without a script by the browser's own menu.
"use strict";
const print = document.querySelector("[data-print]");
print.hidden = false;
print.addEventListener("click", () => window.print());
