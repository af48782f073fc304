export async function save(stream, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
