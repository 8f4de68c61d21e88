// One check: what it asks, what it found, and on demand the rows that fail it.
import { Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Check } from '../../api/answers.ts';
import { countText, dateText, unknown } from '../../format.ts';
import { FailingRows } from './failing-rows.tsx';
import { statusNames } from './statuses.ts';

export function CheckRow({ check, run }: { readonly check: Check; readonly run: string | null }) {
  const [open, { toggle }] = useDisclosure(false);
  const { id, explanation, severity, failed_rows, total_rows, threshold, status, waiver } = check;
  const { label, sign, tone } = statusNames[status];
  const applies = total_rows > 0;
  return (
    <>
      <tr>
        <td className="wide whole">
          {failed_rows > 0 ? (
            <UnstyledButton className="value" aria-expanded={open} onClick={toggle}>
              <code>{id}</code>
            </UnstyledButton>
          ) : (
            <code>{id}</code>
          )}
          <Text size="xs" c="dimmed">
            {explanation}
          </Text>
          {waiver && (
            <Text size="xs" className="held">
              {waiver.expired ? 'Was waived' : 'Waived'} until {dateText(waiver.until)}: {waiver.reason}
            </Text>
          )}
        </td>
        <td data-label="Severity">{severity}</td>
        <td className="number" data-label="Failed rows">
          {applies ? countText(failed_rows) : unknown}
        </td>
        <td className="number" data-label="of">
          {applies ? countText(total_rows) : unknown}
        </td>
        <td className="number" data-label="Share">
          {applies ? shareText(failed_rows / total_rows) : unknown}
        </td>
        <td className="number" data-label="Allowed">
          {shareText(threshold)}
        </td>
        <td className={`nowrap ${tone}`} data-label="Result">
          {sign} {label.toLowerCase()}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7} className="whole">
            <FailingRows check={id} run={run} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Three digits, so that a share just above what is allowed is seen to be above it. */
const shareText = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
