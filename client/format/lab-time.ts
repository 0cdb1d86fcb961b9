// How lab time is written. A lab has a calendar of its own and no time zone: what its hosts' clocks show.

const TICKS_PER_MILLISECOND = 10_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

const moment = (calendarStart: number, ticks: number): Date =>
  new Date(calendarStart + Math.floor(ticks / TICKS_PER_MILLISECOND));

/** `10:42:07.418` */
export const clockTime = (calendarStart: number, ticks: number): string => {
  const at = moment(calendarStart, ticks);
  return `${timeOfDay(calendarStart, ticks)}.${pad(at.getUTCMilliseconds(), 3)}`;
};

/** `10:42:07` */
export const timeOfDay = (calendarStart: number, ticks: number): string => {
  const at = moment(calendarStart, ticks);
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
};

/** `Tue 20 Nov 2012` */
export const calendarDay = (calendarStart: number, ticks: number): string => {
  const at = moment(calendarStart, ticks);
  const day = DAYS[at.getUTCDay()] ?? '';
  const month = MONTHS[at.getUTCMonth()] ?? '';
  return `${day} ${at.getUTCDate()} ${month} ${at.getUTCFullYear()}`;
};

/** `11/20/2012 10:42:07 AM`, as the consoles of an en-US server write it. */
export const consoleMoment = (calendarStart: number, ticks: number): string => {
  const at = moment(calendarStart, ticks);
  const hours = at.getUTCHours();
  const date = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`;
  const time = `${hours % 12 || 12}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
  return `${date} ${time} ${hours < 12 ? 'AM' : 'PM'}`;
};

/** `hh:mm:ss`, and `d.hh:mm:ss` beyond a day: the Uptime column. */
export const uptimeText = (ticks: number): string => {
  const total = Math.max(0, Math.floor(ticks / (TICKS_PER_MILLISECOND * 1_000)));
  const days = Math.floor(total / 86_400);
  const rest = total % 86_400;
  const time = `${pad(Math.floor(rest / 3_600))}:${pad(Math.floor((rest % 3_600) / 60))}:${pad(rest % 60)}`;
  return days === 0 ? time : `${days}.${time}`;
};

/** A span as a person says it: `340 µs`, `12.5 ms`, `3.2 s`, `2 min 5 s`. */
export const spanText = (ticks: number): string => {
  if (ticks < 10) return `${ticks * 100} ns`;
  if (ticks < 10_000) return `${trim(ticks / 10)} µs`;
  if (ticks < 10_000_000) return `${trim(ticks / 10_000)} ms`;
  const seconds = ticks / 10_000_000;
  if (seconds < 60) return `${trim(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

const trim = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/u, '');

/** `1x`, `60x`, `1/1000x`, from thousandths. */
export const speedText = (thousandths: number): string => {
  if (thousandths >= 1_000) return `${trim(thousandths / 1_000)}x`;
  return thousandths > 0 ? `1/${Math.round(1_000 / thousandths)}x` : '0x';
};
