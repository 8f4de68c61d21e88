// When two ways to write the name of a field are one.

/** `Patient ID`, `patientId` and `PATIENT-ID` are one spelling: letters and digits, lower case. */
export function spelling(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
