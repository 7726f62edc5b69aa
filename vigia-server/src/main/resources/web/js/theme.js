// Classic script in the head, so that the page never flashes in the wrong colours.
// Follows the system until the toggle is used; using it back to the system's own follows the system again.
(function () {
  "use strict";
  const KEY = "vigia.theme";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      const theme = localStorage.getItem(KEY);
      return theme === "dark" || theme === "light" ? theme : null;
    } catch {
      return null;
    }
  }

  function system() {
    return dark.matches ? "dark" : "light";
  }

  function show() {
    const theme = stored() ?? system();
    if (document.documentElement.dataset.theme !== theme) {
      document.documentElement.dataset.theme = theme;
      document.dispatchEvent(new CustomEvent("vigia:theme", { detail: theme }));
    }
  }

  window.vigiaTheme = {
    toggle() {
      const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      try {
        if (next === system()) {
          localStorage.removeItem(KEY);
        } else {
          localStorage.setItem(KEY, next);
        }
        show();
      } catch {
        document.documentElement.dataset.theme = next; // without storage it lasts until the page is left
        document.dispatchEvent(new CustomEvent("vigia:theme", { detail: next }));
      }
    },
  };

  dark.addEventListener("change", show);
  window.addEventListener("storage", show);
  show();
})();
