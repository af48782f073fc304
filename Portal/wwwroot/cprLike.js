// Finds CPR numbers, so that none is kept in the browser's storage. The same rule as CprScan.cs and CprSurroundings.cs, which give the
// reasons; one table of tests covers both.
export const mask = "[CPR-nummer]";

const digits = 10, longestGap = 4, rounds = 3;
const isNd = /^\p{Nd}$/u, isSpace = /^\p{White_Space}$/u;
const isUnseen = /^[\p{Cf}\p{Cc}\p{Mn}\p{Me}\u115F\u1160\u3164\uFFA0]$/u;
const isSeparator = new RegExp(
  String.raw`^[-\\ .\/_\u2212\u00B7\u2022\u2024\u2027\u2044\u2215\u02D7\u2043\u2800\u00AF\uFF0E\uFF0F\u3002`
  + String.raw`\p{White_Space}\p{Pd}\p{Pc}]$`, "u");
const isLoose = /^[:+*~#=|'"()[\]{}!?\u00B4`\u2018-\u201F\u00AB\u00BB\u2026,;\u3001]$/u;
const isTight = /^[,;\u3001]$/u;

const list = String.raw`[\p{White_Space}.:=#"'>(\[_-]*(?:[0-9]{10}\p{White_Space}*(?:[,;\/&]|og|samt|eller|and|or)\p{White_Space}*)*$`;
const announcement = new RegExp(
  String.raw`(?:cpr(?:[-_ ]?(?:nr|nummer|no|number|identifikator))?|person(?:nr|nummer)|pers\.?[- ]?nr)`
  + String.raw`\.?[\p{White_Space}:=#"'>(\[-]*$`, "iu");
const otherNumber = new RegExp(
  String.raw`(?<![\p{L}\p{N}\p{Cs}\u{10000}-\u{10FFFF}])`
  + String.raw`(?:p[-. ](?:nr|no)|p[-. ]?(?:nummer|numre|number|enhed|enheder|enhedsnr|enhedsnummer)`
  + String.raw`|produktionsenhed(?:er|snr|snummer)?|tlf|tel|telefon(?:nr|nummer|numre)?`
  + String.raw`|(?:phone|mobil|telefon|fax|ean|gln|faktura|invoice|ordre|order|rekvisition|bestilling|giro|bfe|vare)`
  + String.raw`(?:[-_. ]?(?:nr|nummer|numre|no|number))?`
  + String.raw`|(?:konto|account)(?:[-_. ]?(?:nr|nummer|numre|no|number))?(?:[\p{White_Space}.:]*[0-9]{4}(?=[\p{White_Space}-]))?`
  + String.raw`)` + list, "iu");
const countryCode = /(?<![\p{L}\p{N}\p{Cs}\u{10000}-\u{10FFFF}=&?%\/])\+$/u;
const longHex = new RegExp(
  String.raw`(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])`
  + String.raw`|(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{32,}(?![0-9A-Za-z]))`, "g");
const currencyBefore = /(?:(?<![\p{L}\p{N}\p{Cs}\u{10000}-\u{10FFFF}])(?:kr\.?|dkk|eur)|€|\$|£)\p{White_Space}*$/iu;
const currencyAfter = /^(?:,[0-9]{2}|,-)?\p{White_Space}*(?:(?:kr|dkk|eur)(?![\p{L}\p{N}\p{Cs}\u{10000}-\u{10FFFF}])|€|,-(?![0-9]))/iu;

const names = {
  hyphen: "-", dash: "-", horbar: "-", nbhyph: "-", lowbar: "_", underbar: "_", period: ".", sol: "/", bsol: "\\", colon: ":", plus: "+",
  num: "#", percnt: "%", tab: " ", newline: " ",
  numsp: " ", puncsp: " ", hairsp: " ", nonbreakingspace: " ", emsp13: " ", emsp14: " ", zerowidthspace: "\u200B", nobreak: "\u200B",
  amp: "&", nbsp: " ", ensp: " ", emsp: " ",
  thinsp: " ", ndash: "-", mdash: "-", minus: "-", shy: "\u00AD", zwnj: "\u200C", zwj: "\u200D", lrm: "\u200E", rlm: "\u200F", middot: "·",
  bull: "•", frasl: "/", macr: "¯",
};

/** The text as it may be stored: each number that looks like a CPR number is replaced by the mask. */
export function withoutCpr(text) {
  let masked = "", at = 0;
  for (const [start, end] of find(text)) {
    masked += text.slice(at, start) + mask;
    at = end;
  }
  return at === 0 ? text : masked + text.slice(at);
}

function find(text) {
  let glyphs = [];
  for (let n = 0; n < text.length;) {
    const value = String.fromCodePoint(text.codePointAt(n));
    glyphs.push({ value, start: n, end: n += value.length });
  }
  const hits = [];
  for (let round = 0; glyphs; round++) {
    scan(text, glyphs, hits);
    glyphs = round < rounds ? unescape(glyphs) : null;
  }
  hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged = [];
  for (const hit of hits) {
    const last = merged.at(-1);
    if (!last || hit[0] >= last[1]) merged.push(hit);
    else if (hit[1] > last[1]) last[1] = hit[1];
  }
  return merged;
}

function scan(text, glyphs, hits) {
  let afterDigit = false;
  for (let n = 0; n < glyphs.length; n++) {
    if (digitOf(glyphs[n].value) < 0) {
      afterDigit &&= unseen(glyphs[n].value);
      continue;
    }
    const found = afterDigit ? null : number(glyphs, n);
    if (found) {
      const hit = [glyphs[n].start, glyphs[found.end - 1].end];
      if (allowed(text, hit, found)) hits.push(hit);
    }
    afterDigit = true;
  }
}

function number(glyphs, start) {
  let written = "", at = start;
  const gaps = [];
  while (written.length < digits) {
    if (at === glyphs.length) return null;
    const digit = digitOf(glyphs[at].value);
    if (digit >= 0) {
      written += digit;
      at++;
    } else if (unseen(glyphs[at].value)) {
      at++;
    } else {
      const first = glyphs[at].value, found = written === "" ? null : gap(glyphs, at, written.length === 6);
      if (!found) return null;
      gaps.push({ at: written.length, length: found.length, first, loose: found.loose });
      at = found.end;
    }
  }
  let next = at;
  while (next < glyphs.length && unseen(glyphs[next].value)) next++;
  if (isDigit(glyphs, next)) return null;
  const places = gaps.map(g => g.at).join();
  const known = gaps.length === 0 || places === "6" || (places === "2,4,6" && !gaps[0].loose && !gaps[1].loose)
    || (["2,6", "4,6"].includes(places) && gaps.every(isOneSpace)) || (places === "6,8" && isOneSpace(gaps[1]))
    || ((gaps.length === 4 || gaps.length === digits - 1) && isEven(gaps) && !isDigit(glyphs, gap(glyphs, next, false)?.end)
      && !isWithinRow(glyphs, start, gaps[0].first));
  return known
    ? { end: at, written, bare: gaps.length === 0, dotted: gaps.length === 1 && (gaps[0].first === "." || gaps[0].first === ",") }
    : null;
}

function isOneSpace(gap) {
  return gap.length === 1 && isSpace.test(gap.first);
}

function isEven(gaps) {
  const step = digits / (gaps.length + 1);
  return gaps.every((g, n) => g.at === (n + 1) * step && g.length === 1 && g.first === gaps[0].first && !g.loose);
}

function isWithinRow(glyphs, start, separator) {
  const before = n => { do n--; while (n >= 0 && unseen(glyphs[n].value)); return n; };
  const at = before(start);
  return at >= 0 && glyphs[at].value === separator && isDigit(glyphs, before(at));
}

function gap(glyphs, from, afterSixth) {
  let length = 0, loose = false, tight = false, n = from;
  for (; n < glyphs.length; n++) {
    const value = glyphs[n].value;
    if (unseen(value)) continue;
    if (digitOf(value) >= 0) break;
    if (isTight.test(value)) tight = true;
    if (isLoose.test(value)) loose = true;
    else if (!isSeparator.test(value)) return null;
    if (++length > longestGap) return null;
  }
  return n === glyphs.length || length === 0 || (loose && !afterSixth) || (tight && length > 1) ? null : { length, loose, end: n };
}

function isDigit(glyphs, at) {
  return at >= 0 && at < glyphs.length && digitOf(glyphs[at].value) >= 0;
}

// Unicode's decimal digits (Nd) are contiguous from zero to nine.
function digitOf(value) {
  if (value < "\u0080") return value >= "0" && value <= "9" ? value.charCodeAt(0) - 48 : -1;
  if (!isNd.test(value)) return -1;
  let before = 0;
  for (let code = value.codePointAt(0) - 1; isNd.test(String.fromCodePoint(code)); code--) before++;
  return before % 10;
}

function unseen(value) {
  return !isSpace.test(value) && isUnseen.test(value);
}

function allowed(text, [start, end], { written, bare, dotted }) {
  const isDate = isDayOfCalendar(written);
  if (!isDate || bare) {
    const announced = announcement.test(text.slice(Math.max(0, start - 24), start));
    if (!isDate && !announced) return false;
    if (bare && !announced && (otherNumber.test(text.slice(Math.max(0, start - 200), start))
      || (written[0] !== "0" && countryCode.test(text.slice(Math.max(0, start - 2), start))))) {
      return false;
    }
  }
  for (const id of text.matchAll(longHex)) if (id.index <= start && end <= id.index + id[0].length) return false;
  return !(bare || dotted) || written[0] === "0"
    || !(currencyBefore.test(text.slice(Math.max(0, start - 8), start)) || currencyAfter.test(text.slice(end, end + 12)));
}

function isDayOfCalendar(written) {
  const [high, month, year] = /^(..)(..)(..)/.exec(written).slice(1).map(Number), day = high > 60 ? high - 60 : high;
  return day >= 1 && month >= 1 && month <= 12
    && day <= (month === 2 && year % 4 !== 0 ? 28 : new Date(Date.UTC(2000, month, 0)).getUTCDate());
}

// Decodes one layer of percent-encoding, character references and escapes; null when there is none.
function unescape(glyphs) {
  const read = { "%": percent, "&": reference, "\\": escape }, decoded = [];
  let changed = false;
  for (let n = 0; n < glyphs.length;) {
    const found = read[glyphs[n].value]?.(glyphs, n);
    if (!found) {
      decoded.push(glyphs[n++]);
      continue;
    }
    decoded.push({ value: found.value, start: glyphs[n].start, end: glyphs[n + found.length - 1].end });
    n += found.length;
    changed = true;
  }
  return changed ? decoded : null;
}

function ahead(glyphs, at, count) {
  return glyphs.slice(at, at + count).map(g => g.value).join("");
}

function percent(glyphs, at) {
  const bytes = /^(?:%[0-9A-Fa-f]{2}){1,4}/.exec(ahead(glyphs, at, 12))?.[0].slice(1).split("%").map(part => parseInt(part, 16));
  if (!bytes) return null;
  const size = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
  let value = String.fromCodePoint(bytes[0]), length = 3;
  try {
    value = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes.filter((_, n) => n < size)));
    length = size * 3;
  } catch { /* A byte of another encoding. */ }
  const code = value.codePointAt(0);
  return code < 32 && !(code >= 9 && code <= 13) ? null : { value, length };
}

function reference(glyphs, at) {
  const match = /^&(?:#[xX]([0-9a-fA-F]{1,6});?|#([0-9]{1,7});?|([A-Za-z][A-Za-z0-9]{1,17});)/.exec(ahead(glyphs, at, 20));
  if (!match) return null;
  const value = match[3] ? names[match[3].toLowerCase()] : valid(match[1] ? parseInt(match[1], 16) : Number(match[2]));
  return value ? { value, length: match[0].length } : null;
}

function escape(glyphs, at) {
  const match = /^\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))/.exec(ahead(glyphs, at, 6)),
    value = match && valid(parseInt(match[1] ?? match[2], 16));
  return value ? { value, length: match[0].length } : null;
}

function valid(code) {
  return code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ? null : String.fromCodePoint(code);
}
