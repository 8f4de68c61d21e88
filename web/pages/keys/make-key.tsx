// Makes a key: what it is for, with which roles, for how long.
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../../src/records/directory/role.ts';
import type { Key } from '../../api/people.ts';
import { ask } from '../../api/request.ts';
import { Dialog } from '../../dialogs/dialog.tsx';
import { RoleChoice } from '../../session/role-choice.tsx';
import { Failure } from '../../states/failure.tsx';

export interface NewKey {
  readonly key: Key;
  readonly secret: string;
}

const spans = [
  { value: '7', label: 'A week' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '366', label: 'A year' },
];

interface Props {
  /** Those of its owner: a key has no others. */
  readonly roles: readonly Role[];
  readonly onMade: (key: NewKey) => void;
  readonly onClose: () => void;
}

export function MakeKey({ roles: owned, onMade, onClose }: Props) {
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>(owned.length === 1 ? [...owned] : []);
  const [days, setDays] = useState('90');
  const making = useMutation({
    mutationFn: () => ask<NewKey>('/api/keys', { body: { name: name.trim(), roles, days: Number(days) } }),
    onSuccess: onMade,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <Dialog title="Make a key" onClose={onClose}>
      {making.error && <Failure error={making.error} />}
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="What it is for"
            placeholder="nightly report"
            required
            withAsterisk={false}
            maxLength={100}
            autoComplete="off"
            data-autofocus
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <RoleChoice
            label="What it may do"
            description="As little as the program needs."
            offered={owned}
            value={roles}
            onChange={setRoles}
          />
          <Select
            label="Good for"
            allowDeselect={false}
            value={days}
            onChange={(next) => setDays(next ?? '90')}
            data={spans}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={making.isPending} disabled={name.trim() === '' || roles.length === 0}>
              Make the key
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
