// Who did what to whose rows: searched, verified, and taken away as a file.
import { Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { everyLine, parametersOf } from '../../api/audit.ts';
import { DownloadIcon } from '../../shell/icons.tsx';
import { Filters } from './filters.tsx';
import { Lines } from './lines.tsx';
import { Verification } from './verification.tsx';

/** Until somebody who types is taken to have ended, in milliseconds. */
const typedFor = 400;

export default function Audit() {
  const [filter, setFilter] = useState(everyLine);
  // Every look is a line of the log: not one for each letter.
  const [asked] = useDebouncedValue(filter, typedFor);
  return (
    <Stack gap="lg">
      <title>Audit log · Carelake</title>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1}>Audit log</Title>
          <Text c="dimmed" size="sm">
            Who did what to whose rows, when, and from where. Lines are only ever added; looking here adds one.
          </Text>
        </div>
        <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <Button variant="default" leftSection={<DownloadIcon />}>
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['csv', 'ndjson'] as const).map((format) => (
              <Menu.Item
                key={format}
                component="a"
                href={`/api/audit/export?${exported(parametersOf(filter), format)}`}
                download
              >
                These lines as {format.toUpperCase()}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Verification />
      <Filters filter={filter} onChange={setFilter} />
      <Lines filter={asked} isWaiting={asked !== filter} />
    </Stack>
  );
}

function exported(parameters: URLSearchParams, format: string): URLSearchParams {
  parameters.set('format', format);
  return parameters;
}
