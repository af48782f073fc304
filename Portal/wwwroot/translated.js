// Keeps a page that the browser translates alive and true. The translators of Chrome and Edge take each text out of the document and put a
// <font> in its place; Blazor goes on changing the text that it made, which nobody sees any more, and the page dies when it wants to remove
// it or to insert something before it. Here the text comes back, empty, right before its <font>: so Blazor finds its place, the <font> goes
// or moves along with it, and a new text replaces the translation until the translator has seen it.
{
  const standIns = new WeakMap(), owners = new WeakMap();
  let observer;

  // The element that was put where the text stood: in one step with it, or in two, and then it is no other text's.
  function standIn(change, added, exchanged) {
    const free = node => node?.nodeName === "FONT" && added.has(node) && node.isConnected && !owners.has(node);
    return [...change.addedNodes].find(free)
      ?? [change.previousSibling, change.nextSibling].find(node => free(node) && !exchanged.has(node));
  }

  function replace(text, font) {
    standIns.get(text)?.font.remove();
    standIns.set(text, { font, words: text.data });
    owners.set(font, text);
    text.data = "";
    font.before(text);
  }

  function settle(text, isEmptied) {
    const { font, words } = standIns.get(text);
    if (!isEmptied && text.data === "" && text.isConnected === font.isConnected) {
      if (text.isConnected && text.nextSibling !== font) text.after(font);
      return;
    }
    // The text has new words or none, or is gone, or the translation was taken away (»show original«).
    standIns.delete(text);
    owners.delete(font);
    font.remove();
    if (!isEmptied && text.data === "") text.data = words;
  }

  function see(changes) {
    const added = new Set(changes.flatMap(change => [...change.addedNodes]));
    const exchanged = new Set(changes.filter(change => change.removedNodes.length > 0).flatMap(change => [...change.addedNodes]));
    const touched = new Set(), written = new Map(), emptied = new Set();
    for (const [n, { type, target, oldValue }] of changes.entries()) {
      if (type !== "characterData") continue;
      written.set(target, n);
      // A text that is hidden here has no words: whoever writes none to it means none.
      if (oldValue === "" && target.data === "") emptied.add(target);
    }
    let found = false;
    for (const [n, change] of changes.entries()) {
      touched.add(change.target);
      for (const node of change.removedNodes) {
        const wasWritten = written.get(node) > n;
        const font = node.nodeType === Node.TEXT_NODE && !node.isConnected && (wasWritten || node.data.trim() !== "")
          && standIn(change, added, exchanged);
        found ||= Boolean(font);
        // Blazor wrote to it while it was away: what stands in its place tells what it said before.
        if (font && wasWritten) font.replaceWith(node);
        else if (font) replace(node, font);
        touched.add(owners.get(node) ?? node);
      }
      for (const node of change.addedNodes) touched.add(node);
    }
    for (const node of touched) if (standIns.has(node)) settle(node, emptied.has(node));
    if (found) watch();
  }

  // Observers are called in the order in which they were made. The last one brings a text back before anything else runs; an earlier one
  // only after what was waiting, and Blazor would miss the text or change it unseen.
  function watch() {
    observer?.disconnect();
    observer = new MutationObserver(see);
    observer.observe(document, { childList: true, characterData: true, characterDataOldValue: true, subtree: true });
  }

  watch();
}
