// Back and Forward lead to what was left, at the place that was read, and links between our pages stay in the tab.
// What Streamlit 1.67 does instead: on a change of page it first enters the left page without its options, then the new
// one, so that the first Back shows the page as if nothing had been chosen; what scrolls is a part of the document, so
// the browser brings no place back; and links in texts open a tab, a new session that forgets what the reader chose.
// To go when Streamlit does these things.
(() => {
  "use strict";

  const KEPT = "sidebyside-places";
  const FIRST_PAGE = "overview";
  const TYPED = "q";
  const MOST_ENTRIES = 50;
  const LEAVING_MS = 10_000;
  const LONGEST_LEAD_MS = 8000;
  const ELSEWHERE_MS = 2000;
  const AT_REST_MS = 1000;
  const LOOK_AGAIN_MS = 50;
  const NOTE_AFTER_MS = 100;
  const BY_HAND = ["wheel", "touchstart", "keydown", "pointerdown", "click"];
  const base = new URL(".", location.href);
  const { pushState, replaceState } = history;

  const main = () => document.querySelector('[data-testid="stMain"]');
  const entry = () => history.state?.entry;
  const named = (state, name = Math.random().toString(36).slice(2)) => ({ ...state, entry: name });

  // ------------------------------------------------------------ the place of each entry

  const places = new Map();
  try {
    for (const [name, place] of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) places.set(name, place);
  } catch {}

  const below = (node) => node.getBoundingClientRect().top - main().getBoundingClientRect().top;

  // Told by the last heading above it: what is unfolded now may be folded when the reader comes back. A page is emptied
  // before its address is left: where nothing can be scrolled, what was noted before stays.
  const note = () => {
    clearTimeout(noting);
    if (leading || !main() || main().scrollHeight <= main().clientHeight) return;
    const above = [...main().querySelectorAll("h2[id], h3[id]")].findLast((heading) => below(heading) <= 0);
    places.delete(entry());
    places.set(entry(), { y: main().scrollTop, id: above?.id, below: above && below(above) });
    for (const name of [...places.keys()].slice(0, -MOST_ENTRIES)) places.delete(name);
  };

  let noting;
  const noteSoon = () => {
    clearTimeout(noting);
    noting = setTimeout(note, NOTE_AFTER_MS);
  };

  // ------------------------------------------------------------ leading there

  let leading;
  const halt = () => {
    clearInterval(leading);
    leading = undefined;
  };

  // A page comes bit by bit, and charts grow. So readers are led until nothing moves any more, or until they move.
  const lead = (arrive) => {
    halt();
    const began = performance.now();
    let last = "";
    let still = began;
    leading = setInterval(() => {
      const now = performance.now();
      const there = main() && arrive(now - began);
      const seen = there && `${main().scrollTop} ${main().scrollHeight}`;
      if (seen !== last) [last, still] = [seen, now];
      if ((there && now - still > AT_REST_MS) || now - began > LONGEST_LEAD_MS) halt();
    }, LOOK_AGAIN_MS);
  };

  const toPlace = (place) =>
    lead((waited) => {
      const above = place.id && document.getElementById(place.id);
      if (place.id && !above && waited < ELSEWHERE_MS) return false;
      main().scrollTop = above ? main().scrollTop + below(above) - place.below : place.y;
      return true;
    });

  // An address may end in anything, also in what is no code of a character ("#%").
  const asked = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };

  const toAnchor = () => {
    let focused = false;
    lead(() => {
      const target = asked();
      target?.scrollIntoView();
      if (target && !focused) {
        // The keyboard, and who listens, go on from there, as after any link.
        focused = true;
        target.tabIndex = -1;
        target.focus({ preventScroll: true });
      }
      return Boolean(target);
    });
  };

  const toTop = () => {
    halt();
    if (main()) main().scrollTop = 0;
  };

  // ------------------------------------------------------------ entries

  // The address of the page that the framework is about to leave, and until when that is believed.
  let left;

  // What a reader chose on the page, as `ui/choices.py` tells it; one that is left has no options.
  const chosen = (to) => [...to.searchParams.keys()].some((name) => !name.startsWith("embed"));

  // What is typed into the search (`ui/search.py`) comes letter by letter: it is told by the entry that is there.
  const besides = (url) => {
    const said = new URLSearchParams(url.search);
    said.delete(TYPED);
    return said.toString();
  };
  const typed = (to) => to.searchParams.has(TYPED) && besides(to) === besides(location);

  // The page stays, and its place.
  const entered = (state, unused, to) => {
    left = undefined;
    note();
    pushState.call(history, named(state), unused, to);
    note();
  };

  const emptied = (unused, url) => {
    left ??= { href: location.href, until: performance.now() + LEAVING_MS };
    replaceState.call(history, history.state, unused, url);
  };

  history.pushState = (state, unused, url) => {
    if (left?.until < performance.now()) left = undefined;
    const to = new URL(url ?? "", location.href);
    if (to.pathname === location.pathname) {
      if (typed(to)) history.replaceState(history.state, unused, to);
      else if (chosen(to)) entered(state, unused, to);
      else emptied(unused, url);
      return;
    }
    if (left) replaceState.call(history, history.state, unused, left.href);
    left = undefined;
    pushState.call(history, named(state), unused, url);
    toTop();
  };

  history.replaceState = (state, unused, url) => {
    const to = new URL(url ?? "", location.href);
    if (to.pathname === location.pathname) to.hash ||= location.hash;
    replaceState.call(history, named(state, entry()), unused, to);
  };

  const back = (event) => {
    if (!event.isTrusted) return;
    left = undefined;
    // A link within the page: the browser has led there.
    if (!entry()) replaceState.call(history, named(history.state), "");
    else if (places.has(entry())) toPlace(places.get(entry()));
    else if (location.hash) toAnchor();
    else toTop();
  };

  // ------------------------------------------------------------ links

  // Addresses of pages lie flat; whatever has a folder or an ending is a file.
  const page = (link) => {
    const to = new URL(link.href);
    if (to.origin !== base.origin || !to.pathname.startsWith(base.pathname)) return null;
    const name = to.pathname.slice(base.pathname.length);
    if (/[./]/.test(name)) return null;
    if (name === FIRST_PAGE) to.pathname = base.pathname;
    return to;
  };

  const enter = (to) => {
    left = undefined;
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name.startsWith("embed") && !to.searchParams.has(name)) to.searchParams.append(name, value);
    }
    pushState.call(history, named({}), "", to);
    // As after Back, the framework shows the page of the address, with its options, in the same session.
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    toTop();
    if (to.hash) toAnchor();
  };

  const follow = (event) => {
    const { defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey } = event;
    const link = event.target.closest?.("a[href]:not([download])");
    if (!link || defaultPrevented || button || ctrlKey || metaKey || shiftKey || altKey) return;
    const to = page(link);
    if (!to) return;
    const within = to.pathname === location.pathname && (!to.search || to.search === location.search);
    // Where nobody answers, the browser may ask anew.
    const deaf = document.querySelector('[data-testid="stConnectionStatus"]');
    if (within && to.hash) {
      if (!link.target) return;
      event.preventDefault();
      if (to.hash === location.hash) toAnchor();
      else location.hash = to.hash;
      return;
    }
    event.preventDefault();
    if (deaf) location.assign(to);
    else enter(to);
  };

  // ------------------------------------------------------------ what is listened to

  replaceState.call(history, named(history.state, entry()), "");
  if (places.has(entry())) toPlace(places.get(entry()));
  for (const type of BY_HAND) addEventListener(type, halt, { capture: true, passive: true });
  addEventListener("scroll", noteSoon, { capture: true, passive: true });
  addEventListener("popstate", back);
  addEventListener("click", note, { capture: true });
  document.addEventListener("click", follow);
  addEventListener("pagehide", () => {
    note();
    try {
      sessionStorage.setItem(KEPT, JSON.stringify([...places]));
    } catch {}
  });
})();
