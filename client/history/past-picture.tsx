import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { calendarDay, clockTime } from '../format/lab-time.ts';
import type { View } from '../rest/request.ts';
import css from './history.module.css';

/** The machines of a past moment, and how that moment compares with what was live. */
export const PastPicture = ({ view, calendarStart }: { view: View; calendarStart: number }) => {
  const { turn, at, hash, simulation, note } = view;
  return (
    <section className={css['picture']} aria-label="Past picture">
      {note !== null && (
        <MessageBar intent="warning" className={css['said'] ?? ''}>
          <MessageBarBody>{note}</MessageBarBody>
        </MessageBar>
      )}
      <dl className={css['figures']}>
        <dt>Turn</dt>
        <dd>{turn}</dd>
        <dt>Lab time</dt>
        <dd>
          {calendarDay(calendarStart, at)} {clockTime(calendarStart, at)}
        </dd>
        <dt>State hash</dt>
        <dd>
          <code>{hash}</code>, by simulation {simulation}
        </dd>
        <dt>Mark</dt>
        <dd>
          <MarkText view={view} calendarStart={calendarStart} />
        </dd>
      </dl>
      <Machines view={view} />
    </section>
  );
};

/** Every ten lab seconds the lab left a hash of all that had happened; the look back came past it. */
const MarkText = ({ view: { mark }, calendarStart }: { view: View; calendarStart: number }) => {
  if (mark === null) return 'none was passed on the way to this moment';
  const { at, turn, hash, again } = mark;
  const where = `of ${clockTime(calendarStart, at)}, turn ${turn}`;
  return hash === again ? (
    <>
      <code>{hash}</code> {where}: equal, live and now
    </>
  ) : (
    <>
      <code>{hash}</code> {where}: differs, it is now <code>{again}</code>
    </>
  );
};

const Machines = ({ view: { records } }: { view: View }) => {
  const hosts = new Map(
    records.filter(([id]) => id.startsWith('host:')).map(([id, , , values]) => [id, values]),
  );
  const machines = records
    .filter(([id]) => id.startsWith('vm:'))
    .map(([id, , , { name, state, host }]) => ({
      id,
      name: textOf(name),
      state: textOf(state),
      host: textOf(hosts.get(textOf(host))?.['name']),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  if (machines.length === 0) return <p>There was no virtual machine.</p>;
  return (
    <div className={css['machines']} role="region" aria-label="Virtual machines" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Host</th>
          </tr>
        </thead>
        <tbody>
          {machines.map(({ id, name, state, host }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>{state}</td>
              <td>{host}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
