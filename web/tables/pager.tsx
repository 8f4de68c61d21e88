// Which page of a list is shown, and the way to the others.
import { Group, Pagination, Text } from '@mantine/core';
import { countText } from '../format.ts';

interface Props {
  readonly what: string;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

export function Pager({ what, total, page, pages, onPage }: Props) {
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed" className="figures">
        {countText(total)} {what}
      </Text>
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={page}
          onChange={onPage}
          siblings={1}
          getControlProps={(control) => ({ 'aria-label': `${control} page of ${what}` })}
        />
      )}
    </Group>
  );
}
