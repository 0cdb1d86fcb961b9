import { useSelection } from '../state/place.tsx';
import { ProcessList } from './process-list.tsx';
import css from './processes.module.css';
import { ServiceList } from './service-list.tsx';

/** Services and processes of the management OS: what stands behind the virtual machines. */
export const ProcessesView = () => {
  const { host } = useSelection();
  const of = host === null ? 'on every host' : `on ${host.name}`;
  return (
    <div className={css['view']}>
      <h2 className={css['heading']}>
        Services <small>{of}</small>
      </h2>
      <div className={css['list']}>
        <ServiceList host={host} />
      </div>
      <h2 className={css['heading']}>
        Processes{' '}
        <small>{of}: one vmwp.exe for each virtual machine that is not Off or Saved</small>
      </h2>
      <div className={css['list']}>
        <ProcessList host={host} />
      </div>
    </div>
  );
};
