export function show(root, id) {
  const item = root.querySelector(`[data-outline-id="${CSS.escape(id)}"]`);
  (item?.querySelector("textarea") ?? item?.querySelector("button"))?.focus();
  item?.scrollIntoView({ block: "nearest" });
}
