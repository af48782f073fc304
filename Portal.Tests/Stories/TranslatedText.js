// Sets, empties, replaces, adds and removes texts as Blazor does, in random order, in batches that come in the same turn, after some
// promises, or in turns of their own. Returns a line for each order after which the page does not show the translation of what it has.
async orders => {
  const main = document.querySelector("main"), wrong = [];
  const turn = () => new Promise(done => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  for (let order = 1; order <= orders && wrong.length < 5; order++) {
    let seed = Math.imul(order, 2654435761) >>> 0, words = 0;
    const below = n => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor(seed / 4294967296 * n);
    };
    const word = () => below(10) === 0 ? "" : `w${++words} `;
    const place = document.createElement("span"), children = [], steps = [];
    main.replaceChildren(place);
    const insert = (node, text, at) => {
      const next = children[at]?.node;
      if (next) next.parentNode.insertBefore(node, next);
      else place.appendChild(node);
      children.splice(at, 0, { node, text, words: text.data });
      steps.push(`insert ${at} »${text.data}«`);
    };
    const insertText = at => {
      const text = document.createTextNode(word());
      insert(text, text, at);
    };
    const insertElement = at => {
      const element = document.createElement("b"), text = document.createTextNode(word());
      element.append(text);
      insert(element, text, at);
    };
    const remove = at => {
      const [child] = children.splice(at, 1);
      child.node.parentNode.removeChild(child.node);
      steps.push(`remove ${at}`);
    };
    const change = () => {
      const kind = below(10), at = below(children.length);
      if (children.length === 0 || kind === 0) insertText(below(children.length + 1));
      else if (kind === 1) insertElement(below(children.length + 1));
      else if (kind === 2) remove(at);
      else if (kind === 3) {
        remove(at);
        insertText(at);
      } else {
        const child = children[at];
        child.text.textContent = child.words = word();
        steps.push(`set ${at} »${child.words}«`);
      }
    };
    const wait = async () => {
      const kind = below(4);
      steps.push(["turn", "microtasks", "microtask", "same turn"][kind]);
      if (kind === 0) await turn();
      else if (kind === 1) for (let n = 1 + below(7); n > 0; n--) await null;
      else if (kind === 2) await new Promise(queueMicrotask);
    };
    let failed = "";
    try {
      insertText(0);
      if (below(2)) await turn();
      for (let batch = 1 + below(6); batch > 0; batch--) {
        for (let n = 1 + below(3); n > 0; n--) change();
        await wait();
      }
    } catch (error) {
      failed = error.message;
    }
    for (let n = 0; n < 3; n++) await turn();
    const wanted = children.map(child => child.words === "" ? "" : `~${child.words}`).join("");
    if (failed || place.textContent !== wanted) wrong.push(`${order}: ${failed} »${place.textContent}« ≠ »${wanted}«: ${steps.join(", ")}`);
  }
  return wrong;
}
