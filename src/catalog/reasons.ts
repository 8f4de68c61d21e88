// Why a value was set missing or a record rejected, left out or not used: one code each, with its explanation.

export const reasons = {
  // a record that could not be read (reader)
  too_few_fields: 'The record has fewer fields than the header.',
  too_many_fields: 'The record has more fields than the header.',
  quote_unterminated: 'A quoted field is never closed, or closes so far on that the record makes no sense.',
  text_after_quote: 'Text follows the closing quote of a field.',
  record_too_long: 'The record is longer than the limit of the reader.',
  nul_byte: 'The record holds a NUL byte.',
  // a value (clean)
  required_missing: 'A value that the table cannot do without is missing.',
  not_a_number: 'The value is not a number.',
  not_whole: 'The value is not a whole number.',
  not_a_date: 'The value is not a date, or names a day that does not exist.',
  date_order_unknown: 'The date could be day-month or month-day; say which in the mapping file (dates: dmy or mdy).',
  not_a_time: 'The value is not a date with a time.',
  in_future: 'The date lies after the day on which the file landed.',
  out_of_range: 'The number or date lies outside the range that the field allows.',
  not_allowed: 'The value is none of those that the field allows, nor a known synonym.',
  not_blood_pressure: 'The value is not of the form 120/80 with the first number above the second.',
  // a record
  earlier_version: 'A later record has the same key; the last one wins.',
  gone_from_snapshot: 'A later full extract no longer holds this key.',
  deleted: 'The record says that its row was deleted.',
  record_not_used: 'The record that this row was read from is itself not used.',
  not_read: 'No table holds what the file is about; the record is kept as it came.',
  section_header: 'The record is a heading or separator, not data.',
} as const;

export type Reason = keyof typeof reasons;
