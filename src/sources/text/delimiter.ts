// Finds the delimiter of a text: the one that gives the header several names and the next records as many fields.
import { RecordParser } from './record-parser.js';

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How many records behind the header are looked at. */
const SAMPLE_RECORDS = 100;

/**
 * `start` is where the header starts; nothing follows `end` if `final`. A comma where no delimiter divides the header:
 * the file has one column.
 */
export function findDelimiter(bytes: Buffer, start: number, end: number, final: boolean): Delimiter {
  let best: { delimiter: Delimiter; agreement: number; columns: number } | undefined;
  for (const delimiter of delimiters) {
    const header = new RecordParser(delimiter.charCodeAt(0));
    if (header.parse(bytes, start, end, final) !== 'record' || header.fields < 2) continue;
    const columns = header.fields;
    const agreement = agreementOf(new RecordParser(delimiter.charCodeAt(0), columns), bytes, header.next, end, final);
    if (!best || agreement > best.agreement || (agreement === best.agreement && columns > best.columns)) {
      best = { delimiter, agreement, columns };
    }
  }
  return best?.delimiter ?? ',';
}

/** The share of the next records that have as many fields as the header; 1 where there are none. */
function agreementOf(parser: RecordParser, bytes: Buffer, start: number, end: number, final: boolean): number {
  let p = start;
  let agreeing = 0;
  let records = 0;
  while (p < end && records < SAMPLE_RECORDS) {
    const outcome = parser.parse(bytes, p, end, final);
    if (outcome === 'more') break;
    if (outcome === 'record') agreeing++;
    records++;
    p = parser.next;
  }
  return records === 0 ? 1 : agreeing / records;
}
