import type { Draft, Key, PageId } from './draft.ts';
import css from './settings.module.css';
import { type Subject, valueOf } from './subject.ts';

interface PageRow {
  readonly id: PageId;
  readonly group: 'Hardware' | 'Management';
  readonly title: string;
  readonly keys: readonly Key[];
  /** The line under its title, as the real tree has it. */
  readonly line: (value: (key: Key) => string, subject: Subject) => string;
}

export const PAGES: readonly PageRow[] = [
  {
    id: 'memory',
    group: 'Hardware',
    title: 'Memory',
    keys: ['memory'],
    line: value => `${value('memory')} MB`,
  },
  {
    id: 'processor',
    group: 'Hardware',
    title: 'Processor',
    keys: ['count', 'reserve', 'limit', 'weight'],
    line: value => `${value('count')} Virtual processor${value('count') === '1' ? '' : 's'}`,
  },
  {
    id: 'dvd',
    group: 'Hardware',
    title: 'DVD Drive',
    keys: ['dvd'],
    line: (value, { discs }) => discs.find(({ id }) => id === value('dvd'))?.name ?? 'None',
  },
  {
    id: 'network',
    group: 'Hardware',
    title: 'Network Adapter',
    keys: ['switch'],
    line: (value, { switches }) =>
      switches.find(({ id }) => id === value('switch'))?.name ?? 'Not connected',
  },
  {
    id: 'name',
    group: 'Management',
    title: 'Name',
    keys: ['name'],
    line: value => value('name'),
  },
  {
    id: 'services',
    group: 'Management',
    title: 'Integration Services',
    keys: [],
    line: (_, { services }) =>
      services.every(({ enabled }) => enabled) ? 'All services offered' : 'Some services offered',
  },
];

/** Nodes of the real tree that no lab has, in its order and words. */
const MISSING: readonly string[] = [
  'Add Hardware',
  'BIOS',
  'IDE Controller 0',
  'IDE Controller 1',
  'SCSI Controller',
  'COM 1',
  'COM 2',
  'Diskette Drive',
  'Snapshot File Location',
  'Smart Paging File Location',
  'Automatic Start Action',
  'Automatic Stop Action',
];

interface TreeProps {
  readonly at: PageId;
  readonly subject: Subject;
  readonly draft: Draft;
  readonly onGo: (page: PageId) => void;
}

export const SettingsTree = ({ at, subject, draft, onGo }: TreeProps) => {
  const value = (key: Key): string => draft.get(key)?.mine ?? valueOf(subject, key);
  return (
    <nav className={css['tree']} aria-label="Settings">
      {(['Hardware', 'Management'] as const).map(group => (
        <div key={group} role="group" aria-label={group}>
          <div className={css['group']}>{group}</div>
          {PAGES.filter(page => page.group === group).map(({ id, title, keys, line }) => (
            <button
              key={id}
              type="button"
              className={css['node']}
              aria-current={id === at ? 'page' : undefined}
              onClick={() => onGo(id)}
            >
              {title}
              {keys.some(key => draft.has(key)) && ' *'}
              <small>{line(value, subject)}</small>
            </button>
          ))}
        </div>
      ))}
      <details className={css['missing']}>
        <summary>{MISSING.length} more in Hyper-V Manager</summary>
        <p>{MISSING.join(' · ')}</p>
        <p>Not simulated yet.</p>
      </details>
    </nav>
  );
};
