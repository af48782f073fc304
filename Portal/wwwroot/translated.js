// Keeps a page that the browser translates alive and true. The translators of Chrome and Edge take each text out of the document and put a
// <font> in its place; Blazor goes on changing the text that it made, which nobody sees any more, and the page dies when it wants to remove
// it or to insert something before it. Here the text comes back, empty, right before its <font>: so Blazor finds its place, the <font> goes
// or moves along with it, and a new text replaces the translation until the translator has seen it.
{
  const standIns = new WeakMap(), owners = new WeakMap();

  // The element that was put where the text stood, in one step or in two.
  function standIn(change, added) {
    const near = [...change.addedNodes, change.previousSibling, change.nextSibling];
    return near.find(node => node?.nodeName === "FONT" && added.has(node) && node.isConnected && !owners.has(node));
  }

  function replace(text, font) {
    standIns.get(text)?.font.remove();
    standIns.set(text, { font, words: text.data });
    owners.set(font, text);
    text.data = "";
    font.before(text);
  }

  function settle(text) {
    const { font, words } = standIns.get(text);
    if (text.data === "" && text.isConnected === font.isConnected) {
      if (text.isConnected && text.nextSibling !== font) text.after(font);
      return;
    }
    // The text has new words or is gone, or the translation was taken away (»show original«).
    standIns.delete(text);
    owners.delete(font);
    font.remove();
    if (text.data === "") text.data = words;
  }

  new MutationObserver(changes => {
    const added = new Set(changes.flatMap(change => [...change.addedNodes]));
    const touched = new Set();
    for (const [n, change] of changes.entries()) {
      touched.add(change.target);
      for (const node of change.removedNodes) {
        const font = node.nodeType === Node.TEXT_NODE && !node.isConnected && node.data.trim() !== "" && standIn(change, added);
        // Blazor wrote to it while it was away: what stands in its place tells what it said before.
        if (font && changes.slice(n + 1).some(later => later.type === "characterData" && later.target === node)) font.replaceWith(node);
        else if (font) replace(node, font);
        touched.add(owners.get(node) ?? node);
      }
      for (const node of change.addedNodes) touched.add(node);
    }
    for (const node of touched) if (standIns.has(node)) settle(node);
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
