import { Link } from '../route/navigation.tsx';
import { TABS } from '../route/address.ts';
import { TAB_TITLES } from '../route/tab-titles.ts';
import { usePlace, useSelection } from '../state/place.tsx';
import css from './tabs.module.css';

/** Links, because each view is an address of its own. */
export const Tabs = () => {
  const place = usePlace();
  const { host, vm } = useSelection();
  return (
    <nav className={css['tabs']} aria-label="Views">
      {TABS.map(tab => (
        <Link
          key={tab}
          className={css['tab']}
          to={{ page: 'lab', ...place, tab, filter: '' }}
          aria-current={tab === place.tab ? 'page' : undefined}
        >
          {TAB_TITLES.get(tab)}
        </Link>
      ))}
      <span className={css['of']}>
        {vm ? `${vm.name} on ${host?.name ?? ''}` : (host?.name ?? 'all hosts')}
      </span>
    </nav>
  );
};
