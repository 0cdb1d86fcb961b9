import { useLab, useRecord } from './lab-context.tsx';

/** What the house calls the lab, as its list of labs does; until that is known, what its file is called. */
export const useLabName = (): string | undefined => {
  const { link } = useLab();
  const clock = useRecord<'clock'>('clock:lab');
  return link.name ?? clock?.labName;
};
