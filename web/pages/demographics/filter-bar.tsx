// Gender and location to choose from, and what was chosen by a click on a chart, to take back.
import { Button, Group, MultiSelect, Pill } from '@mantine/core';
import type { CatalogAnswer, MetricsAnswer } from '../../api/answers.ts';
import { missing } from '../../format.ts';
import { asText, asValue, type Filterable, type FilterState, filterable } from './filters.ts';

interface Props {
  readonly state: FilterState;
  readonly dimensions: CatalogAnswer['dimensions'];
  readonly genders: MetricsAnswer | undefined;
  readonly locations: MetricsAnswer | undefined;
}

export function FilterBar({ state, dimensions, genders, locations }: Props) {
  const labelOf = (name: Filterable): string => dimensions.find((one) => one.name === name)?.label ?? name;
  const clicked = filterable
    .filter((name) => name !== 'gender' && name !== 'location')
    .flatMap((name) => state.filters[name].map((value) => ({ name, value })));
  const any = filterable.some((name) => state.filters[name].length > 0);
  return (
    <Group gap="sm" align="flex-end">
      <Choice label={labelOf('gender')} name="gender" answer={genders} state={state} />
      <Choice label={labelOf('location')} name="location" answer={locations} state={state} />
      {clicked.map(({ name, value }) => (
        <Pill
          key={`${name} ${value}`}
          size="md"
          mb={6}
          withRemoveButton
          removeButtonProps={{
            'aria-label': `Remove ${labelOf(name)}: ${value ?? missing}`,
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={() => state.toggle(name, value)}
        >
          {labelOf(name)}: {value ?? missing}
        </Pill>
      ))}
      {any && (
        <Button variant="subtle" size="sm" px="xs" onClick={state.clear}>
          Clear all
        </Button>
      )}
    </Group>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: 'gender' | 'location';
  readonly answer: MetricsAnswer | undefined;
  readonly state: FilterState;
}

function Choice({ label, name, answer, state: { filters, set } }: ChoiceProps) {
  const chosen = filters[name].map(asText);
  const there = answer?.rows.map((row) => asText(row.by[name] ?? null)) ?? [];
  // What is chosen stays to be seen where the other filters leave no row of it.
  const values = [...new Set([...there, ...chosen])].sort();
  return (
    <MultiSelect
      label={label}
      placeholder={chosen.length === 0 ? 'All' : ''}
      data={values.map((value) => ({ value: `=${value}`, label: value === '' ? missing : value }))}
      value={chosen.map((value) => `=${value}`)}
      onChange={(next) =>
        set(
          name,
          next.map((value) => asValue(value.slice(1))),
        )
      }
      searchable={name === 'location'}
      clearable
      size="sm"
      w={{ base: '100%', xs: 'auto' }}
      miw={200}
      maw={{ xs: 420 }}
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
    />
  );
}
