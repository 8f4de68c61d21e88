// A number that stands out, in a size at which it fits into its card however long it is.
import type { CSSProperties } from 'react';

export function Big({ children }: { readonly children: string }) {
  return (
    <span className="big" style={{ '--signs': children.length } as CSSProperties}>
      {children}
    </span>
  );
}
