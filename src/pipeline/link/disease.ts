// SQL that finds the chapter of a diagnosis: by its code, else by the words of its description.
import { diseaseKeywords } from '../../catalog/codes/disease-keywords.js';
import type { ChapterRange } from '../../catalog/codes/diseases.js';
import { icd9Chapters } from '../../catalog/codes/icd9-chapters.js';
import { icd10Chapters } from '../../catalog/codes/icd10-chapters.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';

/**
 * A relation with the columns diagnosis_system, diagnosis_code and diagnosis_description, and `disease` beside all of its
 * columns: NULL where neither code nor description says. A code without a system is ICD-9 where it starts with a
 * digit, or with E and has its dot behind four characters, which in ICD-10 it never has.
 *
 * In layers, so that each is worked out once a row and words are looked at only where the code does not tell.
 */
export function withDisease(relation: string, dialect: Dialect): string {
  return `select *, coalesce(_chapter, ${chapterOfWords('_words')}) as disease
from (
  select *, case when _chapter is null then ' ' || ${dialect.replaceAll('lower(diagnosis_description)', '[^a-z0-9]+', ' ')} || ' ' end as _words
  from (
    select *, case when _system = 'icd-9-cm' then ${chapter(icd9Chapters.chapters)} when _system = 'icd-10' then ${chapter(icd10Chapters.chapters)} end as _chapter
    from (
      select *, case
        when _system = 'icd-9-cm' and ${dialect.fullMatch('_whole', '[0-9]{1,5}|[VE][0-9]{1,4}')} then case when length(_whole) < 3 then lpad(_whole, 3, '0') else substr(_whole, 1, 3) end
        when _system = 'icd-10' and ${dialect.fullMatch('substr(_whole, 1, 3)', '[A-Z][0-9][0-9A-Z]')} then substr(_whole, 1, 3)
      end as _category
      from (
        select *, ${whole(dialect)} as _whole, ${system} as _system
        from (
${relation}
        ) as coded
      ) as parted
    ) as placed
  ) as chaptered
) as worded`;
}

const system = `coalesce(diagnosis_system, case when substr(diagnosis_code, 1, 1) between '0' and '9' or upper(diagnosis_code) like 'E___.%' then 'icd-9-cm' else 'icd-10' end)`;

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const stem = `split_part(diagnosis_code, '.', 1)`;

/**
 * What stands before the dot. Of ICD-9 it may have lost its leading zeros to a spreadsheet: `8.45` is `008.45`. Only ASCII
 * letters are raised: engines differ on others; and only where there are others, since `translate` is slow.
 */
const whole = (dialect: Dialect): string =>
  `case when not ${dialect.fullMatch(stem, '[A-Z0-9]+')} then translate(${stem}, '${capitals.toLowerCase()}', '${capitals}') else ${stem} end`;

function chapter(ranges: readonly ChapterRange[]): string {
  const branches = ranges.map(
    ({ start, end, disease }) =>
      `when _category between ${literal(start)} and ${literal(end)} then ${literal(disease)}`,
  );
  return `case ${branches.join(' ')} end`;
}

function chapterOfWords(words: string): string {
  const branches = diseaseKeywords.entries.map(
    ({ keyword, disease }) => `when instr(${words}, ${literal(` ${keyword} `)}) > 0 then ${literal(disease)}`,
  );
  return `case when ${words} is null then null ${branches.join(' ')} end`;
}
