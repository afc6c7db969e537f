// Does to a page what Chrome's translator does: each text gives way to <font><font>its translation</font></font>, soon
// after it came. Run in a world of its own, it meets the page's elements and nothing of the page's scripts. The
// translation is the text in capitals.
(() => {
  "use strict";

  const SOON_MS = 20;
  const LEFT_ALONE = "font, script, style, noscript, svg, title, textarea, [translate=no], .notranslate";
  const waiting = new Set();
  let turn = 0;

  const wanted = (text) => text.isConnected && /\p{Ll}/u.test(text.data) && !text.parentElement?.closest(LEFT_ALONE);

  const translate = (text) => {
    const outer = document.createElement("font");
    const inner = outer.appendChild(document.createElement("font"));
    outer.style.verticalAlign = inner.style.verticalAlign = "inherit";
    inner.textContent = text.data.toUpperCase();
    if ((turn += 1) % 2) {
      text.replaceWith(outer);
    } else {
      text.before(outer);
      text.remove();
    }
  };

  const gather = (node) => {
    if (node.nodeType === Node.TEXT_NODE) waiting.add(node);
    else if (node.nodeType === Node.ELEMENT_NODE) {
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) waiting.add(texts.currentNode);
    }
  };

  const work = () => {
    for (const text of waiting) if (wanted(text)) translate(text);
    waiting.clear();
  };

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "characterData") gather(target);
      addedNodes.forEach(gather);
    }
    if (waiting.size) setTimeout(work, SOON_MS);
  }).observe(document, { childList: true, characterData: true, subtree: true });
})();
