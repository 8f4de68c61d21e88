// Adds a user; what is answered is the link by which they choose a password.
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../../src/records/directory/role.ts';
import type { NewLink } from '../../api/people.ts';
import { ApiError, ask } from '../../api/request.ts';
import { Dialog } from '../../dialogs/dialog.tsx';
import { RoleChoice } from '../../session/role-choice.tsx';
import { Failure } from '../../states/failure.tsx';

interface Props {
  readonly onMade: (link: NewLink) => void;
  readonly onClose: () => void;
}

export function AddUser({ onMade, onClose }: Props) {
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const adding = useMutation({
    mutationFn: () => ask<NewLink>('/api/users', { body: { name, roles } }),
    onSuccess: onMade,
  });
  const { error } = adding;
  const ofName = error instanceof ApiError && /^USER_/.test(error.problem.code) ? error.problem.detail : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate();
  };
  return (
    <Dialog title="Add a user" onClose={onClose}>
      {error && ofName === undefined && <Failure error={error} />}
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="As they will sign in; an address of e-mail is good, too."
            required
            withAsterisk={false}
            maxLength={100}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={name}
            error={ofName}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <RoleChoice label="Roles" value={roles} onChange={setRoles} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={adding.isPending} disabled={name.trim() === '' || roles.length === 0}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
