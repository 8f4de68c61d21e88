// A table of a page: a card that scrolls sideways by itself, so that the page never does.
import type { ReactNode } from 'react';

interface Props {
  /** What the table is, for those who cannot see it. */
  readonly label: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
}

export function TableFrame({ label, head, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="card scrolling" aria-label={label} tabIndex={0}>
      <table className="table roomy">
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

export function Head({ children, number = false }: { readonly children?: ReactNode; readonly number?: boolean }) {
  return (
    <th scope="col" className={number ? 'number' : undefined}>
      {children}
    </th>
  );
}
