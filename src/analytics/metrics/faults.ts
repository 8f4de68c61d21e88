// What is wrong with a query, gathered so that all of it is told at once.
import { nearest } from '../../config/nearest.js';
import { CarelakeError, type Fault } from '../../errors.js';

export class Faults {
  readonly list: Fault[] = [];

  get none(): boolean {
    return this.list.length === 0;
  }

  add(field: string, value: unknown, message: string): void {
    this.list.push({ field, ...(value !== undefined && { value: shown(value) }), message });
  }

  /** Whether the name is among the known; where not, a fault that names them and the nearest. */
  known(name: string, field: string, known: readonly string[], what: string): boolean {
    if (known.includes(name)) return true;
    const meant = nearest(plain(name), known) ?? known.find((other) => plain(other) === plain(name));
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    this.add(field, name, `There is no ${what} ${shown(name)}.${hint} There are: ${known.join(', ')}.`);
    return false;
  }

  /** The texts of a list, each with its place in the query; a fault for whatever else it is or holds. */
  texts(input: unknown, field: string): { place: string; text: string }[] {
    if (!Array.isArray(input)) {
      this.add(field, input, 'It must be a list of names.');
      return [];
    }
    return input.flatMap((text: unknown, index) => {
      const place = `${field}[${index}]`;
      if (typeof text === 'string') return [{ place, text }];
      this.add(place, text, 'It must be a name.');
      return [];
    });
  }

  /** Refuses the query where anything is wrong with it. */
  refuse(): void {
    if (this.none) return;
    const said = this.list.map(({ field, message }) => `${field}: ${message}`).join('\n');
    throw new CarelakeError('METRIC_QUERY_INVALID', said, { faults: this.list });
  }
}

/** As a person may have written it: `Total Patients` for `total_patients`. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[ -]+/g, '_');

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
