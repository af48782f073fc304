export function theme() {
  return document.documentElement.dataset.theme;
}

// A year, this site only; the server reads it so that the next page is painted right at once.
export function choose(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}
