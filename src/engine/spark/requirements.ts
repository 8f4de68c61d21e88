// What a Spark must be able to do for the steps to run on it, asked when it is connected, before anything is made: its sessions
// take the settings under which results equal DuckDB's, and it knows the functions and the forms of SQL that steps are made of.
import { CarelakeError } from '../../errors.js';
import { sparkDialect } from '../dialects/spark.js';
import { type SparkAddress, shownAddress } from './address.js';
import { engineFailure, isLost } from './failure.js';
import { SparkFault } from './fault.js';
import { equalResults, type Session } from './session.js';
import { statement } from './statement.js';

/** @throws ENGINE_UNABLE, and what a session throws. */
export async function requireAble(address: SparkAddress, open: () => Promise<Session>): Promise<void> {
  const unable = (words: string, cause?: unknown) =>
    new CarelakeError('ENGINE_UNABLE', `${shownAddress(address)} cannot run the steps: ${words}.`, { cause });
  let session: Session | undefined;
  try {
    session = await open();
    const taken = await session.settings(Object.keys(equalResults));
    const others = Object.entries(equalResults).filter(([key, value]) => taken[key] !== value);
    if (others.length > 0) {
      throw unable(others.map(([key, value]) => `${key} stays ${taken[key]}, and must be ${value}`).join('; '));
    }
    await session.schemaOf({ root: statement(everyForm) });
  } catch (error) {
    if (!(error instanceof SparkFault) || error.errorClass === undefined || isLost(error)) {
      throw engineFailure(address, 'connecting', error);
    }
    throw unable(`it says ${error.said}`, error);
  } finally {
    await session?.release();
  }
}

const { sha256, hash60, fullMatch, replaceAll, split, explode, join } = sparkDialect;

/** Every function that the SQL of a step names, and every form that not each SQL has; planned, never run. */
export const everyForm = `with given as (
  select 'a' as name, 'x,y' as list, 1.5 as number, date '2024-01-05' as day
),
items as (
  select name, number, item from ${explode('given', split('list', ','), 'item')}
),
said as (
  select name, day,
    ${sha256('name')} as hash, ${hash60('name')} as bucket, ${replaceAll('name', '[0-9]+', '')} as replaced,
    ${join(split('list', ','), ';')} as joined, array_contains(${split('list', ',')}, 'x') as contained,
    case when ${fullMatch('name', '[0-9]+')} then try_cast(name as bigint) end as whole,
    cast(try_cast(name as double) as decimal(18,6)) as part,
    substr(name, 1, 1) || left(name, 1) || right(name, 1) || chr(9) || lpad(name, 2, '0') as cut,
    trim(both ' ' from lower(upper(translate(replace(name, 'a', 'b'), 'b', 'c')))) as written,
    concat_ws(' ', split_part(list, ',', 1), coalesce(nullif(name, ''), 'none')) as words,
    instr(list, ',') + length(list) as place, name like '!_%' escape '!' as liked,
    least(floor(number), greatest(round(number, 1), abs(number))) as bound,
    cast(power(number, 2) + log10(number) + ln(number) + exp(number) + sqrt(number) as decimal(18,6)) as powers,
    cast(extract(year from day) as bigint) as year, cast(day - date '2024-01-01' as int) as days
  from given
),
placed as (
  select name, item,
    row_number() over (partition by name order by item nulls first) as n, rank() over (order by item) as place,
    dense_rank() over (order by item) as grade, lag(item) over (order by item) as before, lead(item) over (order by item) as next,
    cast(sum(number) over (order by item rows between unbounded preceding and 1 preceding) as decimal(18,6)) as so_far
  from items
)
select s.name, count(*) as rows, cast(count(distinct p.item) as bigint) as items, count(*) filter (where p.n = 1) as first,
  min(p.n) as least, max(p.n) as most, max_by(p.item, p.n) as newest, min_by(p.item, p.n) as oldest,
  cast(sum(p.n) as bigint) as total, percentile_cont(0.5) within group (order by cast(p.n as double)) as middle
from said as s join placed as p on p.name = s.name
  left semi join items as i on i.name = s.name
  left anti join (values ('b')) as v(name) on v.name = s.name
group by grouping sets ((s.name), ())
union all
select name, 0, 0, 0, 0, 0, null, null, 0, null from given`;
