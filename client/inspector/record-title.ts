/** `vmbus-channel` as `VMBUS CHANNEL`. */
export const kindTitle = (kind: string): string => kind.replaceAll('-', ' ').toUpperCase();

/** The first column that tells records of its kind apart. */
export const titleOf = (record: Readonly<Record<string, unknown>> | undefined): string | null => {
  for (const column of ['name', 'label', 'title', 'path', 'number', 'index', 'relId', 'portId']) {
    const value = record?.[column];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return `${column} ${value}`;
  }
  return null;
};
