// Which constants the functions of a dialect accept: those that mean the same in every engine.
import { CarelakeError } from '../../errors.js';

/** A separator to split at. `^` and `[` cannot be written in a Java pattern without a backslash. */
export function separatorText(separator: string): string {
  if (separator === '' || /[\^[]/.test(separator)) {
    const shown = JSON.stringify(separator);
    throw new CarelakeError('ENGINE_TEXT_NOT_PORTABLE', `The separator ${shown} must not be empty nor hold ^ or [.`);
  }
  return separator;
}

/** What matches are replaced by. `$` names a group in Java. */
export function replacementText(replacement: string): string {
  if (replacement.includes('$')) {
    const shown = JSON.stringify(replacement);
    throw new CarelakeError('ENGINE_TEXT_NOT_PORTABLE', `The replacement ${shown} must not hold $.`);
  }
  return replacement;
}
