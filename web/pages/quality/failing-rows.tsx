// The rows that fail one check, with the file and line that each came from.
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useFailing } from '../../api/queries.ts';
import { countText, unknown } from '../../format.ts';
import { Answered } from '../../states/answered.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { Pager } from '../../tables/pager.tsx';

export function FailingRows({ check, run }: { readonly check: string; readonly run: string | null }) {
  const [page, setPage] = useState(1);
  return (
    <Answered query={useFailing(check, run, page)} height={160}>
      {({ rows, total, pages }) => (
        <Stack gap={0}>
          <TableFrame
            label={`Rows that fail ${check}`}
            head={
              <>
                <Head>Key</Head>
                <Head>Value</Head>
                <Head>File</Head>
                <Head number>Line</Head>
              </>
            }
          >
            {rows.map((row) => (
              <tr key={`${row.source} ${row.key} ${row.file} ${row.row} ${row.line} ${row.value}`}>
                <td data-label="Key">
                  <code>{row.key ?? unknown}</code>
                </td>
                <td data-label="Value" className="whole">
                  {row.value === '' ? <span className="quiet">empty</span> : (row.value ?? unknown)}
                </td>
                <td data-label="File">{row.file ?? unknown}</td>
                <td data-label="Line" className="number">
                  {row.line === null ? unknown : countText(Number(row.line))}
                </td>
              </tr>
            ))}
          </TableFrame>
          <Pager
            what={total === 1 ? 'failing row' : 'failing rows'}
            total={total}
            page={page}
            pages={pages}
            onPage={setPage}
          />
        </Stack>
      )}
    </Answered>
  );
}
