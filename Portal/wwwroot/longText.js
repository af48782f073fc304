// Texts of any length to the server: a short one whole, a long one as a stream that the framework sends in parts (LongText.cs reads both).
const whole = 6000;

/**
 * Two arguments for a .NET method that ends in (string? whole, IJSStreamReference? parts). At once, so that what is sent next comes after
 * it.
 */
export function inParts(text) {
  return text.length <= whole ? [text, null] : [null, DotNet.createJSStreamReference(new TextEncoder().encode(text))];
}
