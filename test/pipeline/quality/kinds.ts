// Every kind of defect that is injected.
import type { DefectKind } from './kind.js';
import { otherKinds } from './kinds-others.js';
import { patientKinds } from './kinds-patients.js';
import { visitKinds } from './kinds-visits.js';

export const kinds: readonly DefectKind[] = [...patientKinds, ...visitKinds, ...otherKinds];
