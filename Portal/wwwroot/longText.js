// Sends texts of any length to the server: a short one whole, a long one as a stream that the framework sends in parts (LongText.cs reads
// both).
const whole = 6000;

/**
 * The last two arguments of a .NET method that ends in (string? whole, IJSStreamReference? parts). Synchronous, so that a later call is
 * sent after it.
 */
export function inParts(text) {
  return text.length <= whole ? [text, null] : [null, DotNet.createJSStreamReference(new TextEncoder().encode(text))];
}
