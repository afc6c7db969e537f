// The theme that a reader chose in the menu holds on every page. Streamlit 1.67 keeps the choice under the path of the
// page that was opened first (localStorage, "stActiveTheme-/course-v2"), so another page's cold start does not know it.
// Here it is kept once for all pages of this site as well, and laid where the front end looks, before it looks.
// To go when Streamlit keeps one choice for an app.
(() => {
  "use strict";

  const THEIRS = /^stActiveTheme-.*-v\d+$/;
  const LOOKED_AT = `stActiveTheme-${location.pathname}-v2`;
  const OURS = `sidebyside-theme-${new URL(".", location.href).pathname}`;
  const keep = Storage.prototype.setItem;

  Storage.prototype.setItem = function (key, value) {
    keep.call(this, key, value);
    if (THEIRS.test(key)) keep.call(this, OURS, value);
  };

  // A browser may keep nothing for any site: each page then begins with the system's theme.
  try {
    const chosen = localStorage.getItem(OURS);
    if (chosen !== null) keep.call(localStorage, LOOKED_AT, chosen);
  } catch {}
})();
