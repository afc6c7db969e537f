// Places that moved to another page are looked for there.
// A chart's place is its id with "-chart" at its end. Addresses of the first edition end in the id alone: they are led on
// to the chart, as soon as it stands there, unless something else has that id.
(() => {
  "use strict";

  const LONGEST_WAIT_MS = 60000;
  const watch = new MutationObserver(() => lead());
  let end = 0;
  let led = "";

  const asked = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  // What waits for a reader's choice is not there: its link leads to the choice, which names what it holds.
  const leadToChoice = (name) => {
    if (!/^[a-z0-9-]+$/.test(name) || name === led) return;
    const choice = document.querySelector(
      `[class*="st-key-waits--"]:is([class*="--${name}--"], [class*="--${name}-chart--"])`,
    );
    if (!choice) return;
    led = name;
    requestAnimationFrame(() => choice.scrollIntoView({ block: "center" }));
  };

  const lead = () => {
    const name = asked();
    const chart = name && document.getElementById(`${name}-chart`);
    if (name && !chart && !document.getElementById(name)) {
      leadToChoice(name);
      return;
    }
    watch.disconnect();
    if (!chart || document.getElementById(name)) return;
    history.replaceState(history.state, "", `#${chart.id}`);
    requestAnimationFrame(() => chart.scrollIntoView());
  };

  const follow = () => {
    clearTimeout(end);
    watch.disconnect();
    led = "";
    if (!location.hash) return;
    watch.observe(document, { childList: true, subtree: true });
    end = setTimeout(() => watch.disconnect(), LONGEST_WAIT_MS);
    lead();
  };

  // What stood on this page in the first edition, and stands on another one now.
  const moved = JSON.parse(document.getElementById("moved-places")?.textContent ?? "{}");
  const now = Object.hasOwn(moved, asked()) && moved[asked()];
  if (now) {
    const [page, place] = now.split("#");
    const address = new URL(page === "overview" ? "./" : `./${page}`, location.href);
    if (address.pathname === location.pathname) location.hash = place;
    else location.replace(`${address.pathname}${location.search}#${place}`);
  }

  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  follow();
})();
