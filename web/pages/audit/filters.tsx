// What narrows the log down.
import { Button, Group, Select, TextInput } from '@mantine/core';
import { everyLine, type LineFilter } from '../../api/audit.ts';
import { headingText } from '../../format.ts';

const actions = [
  ...['read', 'create', 'change', 'delete', 'write', 'ask', 'export', 'upload', 'land'],
  ...['sign-in', 'sign-out', 'password', 'link', 'user', 'key'],
];
const outcomes = ['done', 'unchanged', 'refused', 'failed'];
const named = (names: readonly string[]) => names.map((value) => ({ value, label: headingText(value) }));

interface Props {
  readonly filter: LineFilter;
  readonly onChange: (filter: LineFilter) => void;
}

export function Filters({ filter, onChange }: Props) {
  const set = (part: Partial<LineFilter>) => onChange({ ...filter, ...part });
  const text = (name: keyof LineFilter, label: string, type = 'text') => (
    <TextInput
      label={label}
      type={type}
      size="sm"
      w={{ base: 'calc(50% - 0.4rem)', xs: 150 }}
      placeholder={type === 'text' ? 'Any' : ''}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={filter[name]}
      onChange={({ currentTarget }) => set({ [name]: currentTarget.value })}
    />
  );
  const choice = (name: 'action' | 'outcome', label: string, data: readonly string[]) => (
    <Select
      label={label}
      size="sm"
      w={{ base: 'calc(50% - 0.4rem)', xs: 150 }}
      placeholder="Any"
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      value={filter[name] === '' ? null : filter[name]}
      onChange={(value) => set({ [name]: value ?? '' })}
      data={named(data)}
    />
  );
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label="Lines">
      {text('by', 'Who')}
      {text('patient', 'Patient, by id')}
      {choice('action', 'Did', actions)}
      {choice('outcome', 'Outcome', outcomes)}
      {text('from', 'From', 'date')}
      {text('to', 'To', 'date')}
      {Object.values(filter).some((value) => value !== '') && (
        <Button variant="subtle" size="sm" px="xs" onClick={() => onChange(everyLine)}>
          Clear all
        </Button>
      )}
    </Group>
  );
}
