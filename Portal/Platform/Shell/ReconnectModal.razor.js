// Blazor sets the connection's state as a class, and CSS shows the bar. A page's state is in its URL, so a reload restores it.
const bar = document.getElementById("components-reconnect-modal");
const everyMs = 5000;
let again;

bar.addEventListener("components-reconnect-state-changed", event => {
  clearTimeout(again);
  // The session has ended and the page says so: the connection was closed on purpose.
  if (over()) return;
  switch (event.detail.state) {
    case "failed": again = setTimeout(retry, everyMs); break;
    case "rejected": location.reload(); break;
    case "paused":
    case "resume-failed": resume(); break;
  }
});
document.getElementById("components-reconnect-button").addEventListener("click", retry);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && bar.classList.contains("components-reconnect-failed")) retry();
});

const over = () => document.documentElement.classList.contains("session-ended");

async function retry() {
  clearTimeout(again);
  if (over()) return;
  try {
    // False: the server answers, but the circuit is gone.
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload();
  } catch {
    // The server cannot be reached yet.
    again = setTimeout(retry, everyMs);
  }
}

async function resume() {
  try {
    if (!await Blazor.resumeCircuit()) location.reload();
  } catch {
    location.reload();
  }
}
