// Texts that a guest typed and that were not stored before the workshop closed. They exist in this window only, so they are shown here and
// sent nowhere.
const prefix = "chain-draft:";

export function showLeft(place) {
  const { copy, copied } = place.dataset;
  const texts = Object.keys(sessionStorage).filter(key => key.startsWith(prefix)).map(key => sessionStorage.getItem(key))
    .filter(text => text?.trim());
  place.replaceChildren(...texts.map(text => {
    const item = document.createElement("div"), quote = document.createElement("blockquote"), button = document.createElement("button");
    quote.textContent = text;
    quote.dir = "auto";
    Object.assign(button, { type: "button", className: "btn", textContent: copy });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = copied;
      } catch {
        // The browser does not allow it: select the text, to be copied by hand.
        getSelection().selectAllChildren(quote);
      }
    });
    item.className = "kept";
    item.append(quote, button);
    return item;
  }));
  return texts.length;
}
