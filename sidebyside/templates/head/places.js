// A chart's place is its id with "-chart" at its end. Addresses of the first edition end in the id alone: they are led on
// to the chart, as soon as it stands there, unless something else has that id.
(() => {
  "use strict";

  const LONGEST_WAIT_MS = 60000;
  const watch = new MutationObserver(() => lead());
  let end = 0;

  const asked = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  const lead = () => {
    const name = asked();
    const chart = name && document.getElementById(`${name}-chart`);
    if (name && !chart && !document.getElementById(name)) return;
    watch.disconnect();
    // What waits for a reader's choice: its link leads to the choice.
    const waits = [document.getElementById(name), chart].find((there) => there?.matches("span.waits"));
    if (waits) requestAnimationFrame(() => waits.scrollIntoView({ block: "center" }));
    if (waits || !chart || document.getElementById(name)) return;
    history.replaceState(history.state, "", `#${chart.id}`);
    requestAnimationFrame(() => chart.scrollIntoView());
  };

  const follow = () => {
    clearTimeout(end);
    watch.disconnect();
    if (!location.hash) return;
    watch.observe(document, { childList: true, subtree: true });
    end = setTimeout(() => watch.disconnect(), LONGEST_WAIT_MS);
    lead();
  };

  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  follow();
})();
