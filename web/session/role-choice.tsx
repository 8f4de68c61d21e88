// Roles to choose from, each with what it is for.
import { Checkbox, Stack } from '@mantine/core';
import type { Role } from '../../src/records/directory/role.ts';
import { headingText } from '../format.ts';

const meaning: Readonly<Record<Role, string>> = {
  admin: 'Everything, and who may do what',
  clinician: 'Patients, their records and predictions',
  data_entry: 'Types new records, and sees their own',
  analyst: 'Numbers and models, and no patient by name',
  auditor: 'Who did what to whose rows',
};

const all = Object.keys(meaning) as Role[];

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly offered?: readonly Role[];
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
}

export function RoleChoice({ label, description, offered = all, value, onChange }: Props) {
  return (
    <Checkbox.Group
      label={label}
      description={description}
      value={[...value]}
      onChange={(next) => onChange(all.filter((role) => next.includes(role)))}
    >
      <Stack gap="xs" mt="xs">
        {all
          .filter((role) => offered.includes(role))
          .map((role) => (
            <Checkbox key={role} value={role} label={headingText(role)} description={meaning[role]} />
          ))}
      </Stack>
    </Checkbox.Group>
  );
}
