// A page that the browser translates goes on working. A translator puts <font><font>words</font></font> in the place of
// each text node. React (Streamlit 1.67) still holds the text node: new words go to a node that nobody sees, and taking
// it away, or putting something before it, fails ("removeChild ... is not a child of this node") and stops the page.
// So it is noted which <font> stands for which text, and what React does to the text is done there. New words come as
// new text, which the translator sees and translates. To go when React or Streamlit does this.
(() => {
  "use strict";

  const { appendChild, insertBefore, removeChild } = Node.prototype;
  const value = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  const standing = new WeakMap();
  const taken = new WeakSet();
  let translated = false;

  const isFree = (node) => node?.nodeName === "FONT" && !taken.has(node);

  const learn = (gone, { addedNodes, previousSibling, nextSibling }) => {
    const font = [...addedNodes, previousSibling, nextSibling].find(isFree);
    if (!font || (gone.isConnected && !font.contains(gone))) return;
    standing.set(gone, font);
    taken.add(font);
    translated = true;
  };

  // A translator's script runs in a world of its own, where nothing of ours is called: what it did is seen afterwards.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const gone of change.removedNodes) if (gone.nodeType === Node.TEXT_NODE) learn(gone, change);
    }
  }).observe(document, { childList: true, subtree: true });

  // What stands in `parent` where React believes `node` to be: itself, its stand-in, or nothing.
  const found = (node, parent) => {
    if (!node || node.parentNode === parent) return node;
    const font = standing.get(node);
    return font?.parentNode === parent ? font : null;
  };

  // A text that is placed anew takes its stand-in away.
  const comes = (node) => {
    if (node?.nodeType !== Node.TEXT_NODE) return;
    const font = standing.get(node);
    standing.delete(node);
    if (font && !font.contains(node)) font.remove();
  };

  Node.prototype.removeChild = function (child) {
    if (!translated) return removeChild.call(this, child);
    const there = found(child, this);
    // What a translator has carried away need not be taken away.
    if (there || !child) removeChild.call(this, there);
    standing.delete(child);
    return child;
  };

  Node.prototype.insertBefore = function (node, before) {
    if (!translated) return insertBefore.call(this, node, before);
    const place = found(before, this);
    comes(node);
    return insertBefore.call(this, node, place);
  };

  Node.prototype.appendChild = function (node) {
    if (translated) comes(node);
    return appendChild.call(this, node);
  };

  Object.defineProperty(Node.prototype, "nodeValue", {
    ...value,
    set(words) {
      value.set.call(this, words);
      const font = translated && standing.get(this);
      if (!font) return;
      standing.delete(this);
      if (font.isConnected && !this.isConnected) font.replaceWith(this);
    },
  });
})();
