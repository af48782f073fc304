import { inParts } from "../../longText.js";

/**
 * Sends the text of a field when it has not changed for a moment, in parts where it is long. Before that, once, that what was sent is no longer what stands there.
 */
export function watch(field, page) {
  const listening = new AbortController();
  let version = 0, waiting = 0, told = false;
  const send = () => {
    told = false;
    page.invokeMethodAsync("SentAsync", version, ...inParts(field.value));
  };
  field.addEventListener("input", () => {
    version++;
    clearTimeout(waiting);
    waiting = setTimeout(send, 250);
    if (told) return;
    told = true;
    page.invokeMethodAsync("Changed", version);
  }, { signal: listening.signal });
  return { stop() { clearTimeout(waiting); listening.abort(); } };
}
