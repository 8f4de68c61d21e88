select 'records.too_few_fields' as check_id, cast(280 as bigint) as total_rows, count(case when check_id = 'records.too_few_fields' then 1 end) as failed_rows from findings
union all
select 'records.too_many_fields' as check_id, cast(280 as bigint) as total_rows, count(case when check_id = 'records.too_many_fields' then 1 end) as failed_rows from findings
union all
select 'records.quote_unterminated' as check_id, cast(280 as bigint) as total_rows, count(case when check_id = 'records.quote_unterminated' then 1 end) as failed_rows from findings
union all
select 'records.text_after_quote' as check_id, cast(280 as bigint) as total_rows, count(case when check_id = 'records.text_after_quote' then 1 end) as failed_rows from findings
union all
select 'records.record_too_long' as check_id, cast(280 as bigint) as total_rows, count(case when check_id = 'records.record_too_long' then 1 end) as failed_rows from findings
union all
select 'records.nul_byte' as check_id, cast(280 as bigint) as total_rows, count(case when check_id = 'records.nul_byte' then 1 end) as failed_rows from findings
