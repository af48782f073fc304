// From now on nobody tries to reconnect (this, and ReconnectModal.razor.js): the server closes the connection, and refuses another.
export function mark() {
  document.documentElement.classList.add("session-ended");
  Blazor.defaultReconnectionHandler.onConnectionDown = () => {};
}
