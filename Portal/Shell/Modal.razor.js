export function show(dialog) {
  if (!dialog.isConnected || dialog.open) return;
  dialog.openedFrom = document.activeElement;
  dialog.showModal();
}
