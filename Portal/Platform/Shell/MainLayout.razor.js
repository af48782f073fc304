export function theme() {
  return document.documentElement.dataset.theme;
}

// The cookie lasts a year, for this site only; the server reads it, so that the next page is rendered in this theme.
export function choose(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}
