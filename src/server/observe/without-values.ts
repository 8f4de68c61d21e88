// A failure as it may be written down: where it happened and of what kind, without values, which may be of a patient.

/**
 * What programs quote in their messages are values of rows, texts that could not be read, statements with both. Of the message
 * nothing is kept from the first quotation mark to the last one, since a name may hold one; the places in the code stay.
 * @param text A stack, or a message.
 */
export function withoutValues(text: string): string {
  const places = text.search(/\n {4}at /);
  const message = places < 0 ? text : text.slice(0, places);
  const rest = places < 0 ? '' : text.slice(places);
  return message.replace(/["'`“‘«‹„].*["'`”’»›“]/s, '…').replace(/(LINE [0-9]+:).*$/s, '$1 …') + rest;
}
