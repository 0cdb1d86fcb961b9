// How amounts are written in the columns of Hyper-V Manager.

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const grouped = (value: number): string => value.toLocaleString('en-US');

/** `2048 MB`, as the Assigned Memory column has it: never GB, no separator. */
export const memoryText = (bytes: number): string => `${Math.round(bytes / MIB)} MB`;

/** `127.00 GB`, `36.00 MB`: as the properties of a virtual hard disk have it. */
export const fileSizeText = (bytes: number): string => {
  if (bytes >= GIB) return `${(bytes / GIB).toFixed(2)} GB`;
  if (bytes >= MIB) return `${(bytes / MIB).toFixed(2)} MB`;
  return `${grouped(Math.ceil(bytes / 1024))} KB`;
};

/** `32 GB`, for the drawing, where only the size of things matters. */
export const roughSizeText = (bytes: number): string => {
  if (bytes >= 1000 * GIB) return `${Number((bytes / (1024 * GIB)).toFixed(1))} TB`;
  if (bytes >= GIB) return `${Number((bytes / GIB).toFixed(1))} GB`;
  if (bytes >= MIB) return `${Math.round(bytes / MIB)} MB`;
  return `${Math.round(bytes / 1024)} KB`;
};

/** `4.3 of 64 GB`: the unit once where it is the same. */
export const shareText = (part: number, whole: number): string => {
  const [amount = '', unit = ''] = roughSizeText(part).split(' ');
  const all = roughSizeText(whole);
  return all.endsWith(unit) ? `${amount} of ${all}` : `${amount} ${unit} of ${all}`;
};

/**
 * The CPU Usage column: a share of the whole host, so that one busy processor of a virtual machine on
 * a host of eight is 12 %. `load` is in thousandths of one processor.
 */
export const cpuUsage = (load: number, logicalProcessors: number): number =>
  logicalProcessors <= 0 ? 0 : Math.min(100, Math.round(load / (10 * logicalProcessors)));

export const countText = grouped;

/** `1 virtual machine`, `3 virtual machines`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** `0x0040`: numbers of hypercalls, versions, masks. */
export const hex = (value: number, digits = 4): string =>
  `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
