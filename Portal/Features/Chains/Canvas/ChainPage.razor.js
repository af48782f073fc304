// The client id of this window, for undo and presence: kept over reloads, different in each window.
export function hand() {
  let hand = sessionStorage.getItem("chain-hand");
  if (!hand) {
    sessionStorage.setItem("chain-hand",
      hand = Array.from(crypto.getRandomValues(new Uint8Array(8)), b => b.toString(16).padStart(2, "0")).join(""));
  }
  return hand;
}
