// Runs in each page's head, before Streamlit's front end. docs/performance.md says what both parts are worth.
(() => {
  "use strict";

  // The page lies where its server lies: without this the front end asks first, for a page's address twice.
  // Inside a frame (Streamlit Community Cloud) the frame's owner decides.
  if (window.parent === window) {
    window.__streamlit = {
      BACKEND_BASE_URL: new URL(".", location.href).href,
      HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
    };
  }

  // The front end puts a whole page together before it draws any chart. So what comes after the first chart is kept
  // back until that is drawn. Who asked for a place further down is not kept waiting.
  const LONGEST_WAIT_MS = 1500;
  const LOOK_AGAIN_MS = 10;
  const SMALLEST_CHART = 2000;
  const listen = WebSocket.prototype.addEventListener;
  const words = new TextDecoder("latin1");
  let kept = null;
  let open = Boolean(location.hash);

  const isChart = (data) =>
    data instanceof ArrayBuffer && data.byteLength > SMALLEST_CHART && words.decode(data).includes('"mark"');

  const isDrawn = () => document.querySelector("svg.marks path, svg.marks text, canvas.marks") !== null;

  const handOn = () => {
    if (open) return;
    open = true;
    for (const hand of kept) hand();
    kept = null;
  };

  const keep = () => {
    kept = [];
    setTimeout(handOn, LONGEST_WAIT_MS);
    const look = () => {
      // A frame on the screen first, then the rest.
      if (isDrawn()) requestAnimationFrame(() => setTimeout(handOn));
      else if (!open) setTimeout(look, LOOK_AGAIN_MS);
    };
    look();
  };

  const paced = (listener) => (event) => {
    if (!open && kept) {
      kept.push(() => listener(event));
      return;
    }
    listener(event);
    if (!open && isChart(event.data)) keep();
  };

  WebSocket.prototype.addEventListener = function (type, listener, ...more) {
    const heard = type === "message" && typeof listener === "function" ? paced(listener) : listener;
    return listen.call(this, type, heard, ...more);
  };
})();
