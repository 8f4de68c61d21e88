// What became of every line of every file. The sum is added up here, in sight of the reader.
import { Stack, Text, Title } from '@mantine/core';
import type { StatusAnswer } from '../../api/answers.ts';
import { countText, unknown } from '../../format.ts';
import { Head, TableFrame } from '../../tables/frame.tsx';

type File = StatusAnswer['accounting'][number];
type LinedFile = File & Required<Pick<File, (typeof columns)[number] | 'lines'>>;

/** What was typed has no lines. */
const hasLines = (file: File): file is LinedFile => file.lines !== undefined;

const columns = ['header', 'blank', 'used', 'duplicates', 'rejected', 'not_used'] as const;
const names: Readonly<Record<(typeof columns)[number], string>> = {
  header: 'Header',
  blank: 'Blank',
  used: 'Used',
  duplicates: 'Duplicates',
  rejected: 'Rejected',
  not_used: 'Not used',
};

export function Accounting({ accounting }: { readonly accounting: readonly File[] }) {
  return (
    <Stack gap="sm" component="section" aria-label="Accounting" id="accounting">
      <div>
        <Title order={2}>Every line, file by file</Title>
        <Text size="sm" c="dimmed">
          Header + blank + used + duplicates + rejected + not used = lines.
        </Text>
      </div>
      <TableFrame
        label="Accounting by file, in lines"
        head={
          <>
            <Head>File</Head>
            {columns.map((column) => (
              <Head key={column} number>
                {names[column]}
              </Head>
            ))}
            <Head number>Lines</Head>
            <Head>Sum</Head>
          </>
        }
      >
        {accounting.filter(hasLines).map((file) => (
          <Row key={`${file.batch} ${file.file}`} file={file} />
        ))}
      </TableFrame>
    </Stack>
  );
}

function Row({ file }: { readonly file: LinedFile }) {
  const closed = columns.reduce((sum, column) => sum + file[column], 0) === file.lines;
  return (
    <tr>
      <td className="whole">
        {file.file}
        {file.source !== 'default' && (
          <Text span size="xs" c="dimmed" ml="xs">
            {file.source}
          </Text>
        )}
      </td>
      {columns.map((column) => (
        <td
          key={column}
          data-label={names[column]}
          className={column === 'rejected' && file[column] > 0 ? 'number bad' : 'number'}
        >
          {countText(file[column])}
        </td>
      ))}
      <td className="number" data-label="Lines">
        <strong>{file.lines === null ? unknown : countText(file.lines)}</strong>
      </td>
      <td data-label="Sum" className={closed ? 'nowrap good' : 'nowrap bad'}>
        {closed ? '✓ adds up' : '✗ open'}
      </td>
    </tr>
  );
}
