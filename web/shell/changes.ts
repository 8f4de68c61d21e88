// What the server tells by itself (/api/events): the state of the workspace is asked for at once then, not with the next look.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { statusPath } from '../api/queries.ts';

const told = ['entry', 'upload', 'run'];

/** Listens while the page can be seen: a browser has few connections to one server for all of its pages. */
export function useChanges(enabled: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    let events: EventSource | undefined;
    const look = (): void => void queries.invalidateQueries({ queryKey: [statusPath] });
    const listen = (): void => {
      events?.close();
      events = document.hidden ? undefined : new EventSource('/api/events');
      for (const event of told) events?.addEventListener(event, look);
    };
    listen();
    document.addEventListener('visibilitychange', listen);
    return () => {
      document.removeEventListener('visibilitychange', listen);
      events?.close();
    };
  }, [enabled, queries]);
}
