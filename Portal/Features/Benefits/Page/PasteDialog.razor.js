import { inParts } from "../../../longText.js";

/**
 * Sends the text of a field when it has not changed for a moment, in parts where it is long. Before that, once, that what was sent is no
 * longer what is there.
 */
export function watch(field, page) {
  const listening = new AbortController();
  let version = 0, waiting = 0, told = false;
  const send = () => {
    told = false;
    page.invokeMethodAsync("SentAsync", version, ...inParts(field.value));
  };
  const changed = () => {
    version++;
    clearTimeout(waiting);
    waiting = setTimeout(send, 250);
    if (told) return;
    told = true;
    page.invokeMethodAsync("Changed", version);
  };
  field.addEventListener("input", changed, { signal: listening.signal });

  // Pasted before this file had come.
  if (field.value !== "") changed();
  return { stop() { clearTimeout(waiting); listening.abort(); } };
}
