import { inParts } from "../../../longText.js";

/**
 * Sends a field's text once it has not changed for 250 ms, in parts when it is long. The first change after that is reported at once: the
 * text that was sent is out of date.
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

  // The text was pasted before this module was loaded.
  if (field.value !== "") changed();
  return { stop() { clearTimeout(waiting); listening.abort(); } };
}
