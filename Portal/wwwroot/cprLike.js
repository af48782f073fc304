// What looks like a CPR number never stands in the browser's storage. CprLike.cs has the same pattern and says why it is so wide; a test holds the two equal.
const s = String.raw`[\s\p{Pd}\p{Cf}\u2212._/·]{0,3}`;
const pattern = new RegExp(
  String.raw`(?<![0-9])(?:0${s}[1-9]|[1278]${s}[0-9]|6${s}[1-9]|3${s}[01]|9${s}[01])${s}(?:0${s}[1-9]|1${s}[0-2])${s}[0-9]${s}[0-9]${s}[0-9]${s}[0-9]${s}[0-9]${s}[0-9](?![0-9])`, "gu");

export const mask = "[CPR-nummer]";

/** The text as it may be stored: each number that looks like a CPR number is replaced by the mask. */
export function withoutCpr(text) {
  const plain = text.toWellFormed().normalize("NFKC"), masked = plain.replace(pattern, mask);
  return masked === plain ? text : masked;
}
