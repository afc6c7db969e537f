// A table that is wider than its place scrolls (Streamlit 1.67), but a keyboard scrolls it only where something in it can
// be focused: a table without links can't be moved. So what scrolls can be focused itself, under the table's name; and
// so can what a popover shows, which has a name.
// To go when Streamlit lets a keyboard reach every table that scrolls, not only those of a size in pixels, and popovers.
(() => {
  "use strict";

  const PLACE = '[data-testid="stTable"] > div';
  const POPOVER = '[data-testid="stPopoverBody"]';
  const known = new WeakSet();

  const settle = (place) => {
    const wide = place.scrollWidth > place.clientWidth;
    if (wide === place.hasAttribute("tabindex")) return;
    const label = place.querySelector("table")?.getAttribute("aria-label") ?? "";
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", label]]) {
      if (wide) place.setAttribute(name, value);
      else place.removeAttribute(name);
    }
  };

  const settlePopover = (body) => {
    if (body.scrollHeight > body.clientHeight) body.setAttribute("tabindex", "0");
    else body.removeAttribute("tabindex");
  };

  // Told of both, the place and its table, when they are laid out: nothing is measured before its time.
  const sizes = new ResizeObserver((changes) => {
    for (const { target } of changes) if (target.isConnected) settle(target.closest(PLACE));
  });
  const popovers = new ResizeObserver((changes) => {
    for (const { target } of changes) if (target.isConnected) settlePopover(target.closest(POPOVER));
  });

  const find = () => {
    for (const content of document.querySelectorAll(`${POPOVER} > *`)) {
      if (known.has(content)) continue;
      known.add(content);
      popovers.observe(content);
    }
    for (const table of document.querySelectorAll(`${PLACE} > table`)) {
      if (known.has(table) || table.parentElement.getAttribute("role") === "region") continue;
      known.add(table);
      sizes.observe(table);
      sizes.observe(table.parentElement);
    }
  };

  new MutationObserver(find).observe(document, { childList: true, subtree: true });
})();
