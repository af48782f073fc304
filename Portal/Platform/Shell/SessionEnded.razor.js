// From now on nobody tries to reconnect (ReconnectModal.razor.js): the server closes the connection.
export function mark() {
  document.documentElement.classList.add("session-ended");
}
