// Twice the size for sharp print; browsers draw no canvas with a side longer than this (pixels).
const scale = 2, largest = 16000;

export async function save(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The drawing could not be fetched: ${answer.status}`);
  const told = answer.headers.get("content-disposition") ?? "", whole = /filename\*=UTF-8''([^;]+)/i.exec(told)?.[1];
  const name = whole ? decodeURIComponent(whole) : /filename="?([^";]+)/.exec(told)?.[1] ?? "effektkaede.svg";
  const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  // The same font as the page.
  drawing.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  const picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(drawing));
  await picture.decode();
  const size = Math.min(scale, largest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * size);
  canvas.height = Math.round(picture.height * size);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const png = await new Promise((done, failed) => canvas.toBlob(b => b ? done(b) : failed(new Error("No picture came out.")), "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(png);
  link.download = name.replace(/\.svg$/, ".png");
  link.click();
  URL.revokeObjectURL(link.href);
}
